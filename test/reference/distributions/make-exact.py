"""Writes exact.json: special functions and distributions to 50 and more digits, rounded to float64.

Run: python make-exact.py   (Python 3.11, mpmath 1.3 or later; takes about a minute)

Arguments are float64 numbers taken as exact. Incomplete gamma and beta functions are summed here from their series
(DLMF 8.7.1) and continued fractions (DLMF 8.9.2, 8.17.22) at high precision, not taken from mpmath's own routines.
Each case is [argument, ..., value]. Values below 1e-300 are left out.
"""

import json
import math
import random
import sys

import mpmath
from mpmath import exp, expm1, log, log1p, loggamma, mp, mpf, ncdf, npdf, pi, psi, sqrt

random.seed(20261124)
cases = {}


def add(name, arguments, value):
    value = float(value)
    if abs(value) > 1e-300 and math.isfinite(value):
        cases.setdefault(name, []).append([*map(float, arguments), value])


def power_of_ten(low, high):
    return 10 ** random.uniform(low, high)


def gamma_tails(a, x):
    """P(a, x) and Q(a, x)."""
    mp.dps = 80
    a, x = mpf(a), mpf(x)
    if x < max(a, mpf(1.5)):
        term = 1 / a
        total = term
        n = 0
        while term > total * mpf(10) ** -75:
            n += 1
            term *= x / (a + n)
            total += term
        lower = exp(a * log(x) - x - loggamma(a)) * total
        return lower, 1 - lower
    b = x + 1 - a
    d = 1 / b
    c = mpf(10) ** 300
    h = d
    for n in range(1, 1000000):
        step = -n * (n - a)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        h *= c * d
        if abs(c * d - 1) < mpf(10) ** -70:
            break
    upper = exp(a * log(x) - x - loggamma(a)) * h
    return 1 - upper, upper


def beta_tails(a, b, x, y):
    """I_x(a, b) and its complement, y = 1 - x."""
    mp.dps = 80
    a, b, x, y = map(mpf, (a, b, x, y))
    if x * b > y * a:
        upper, lower = beta_tails(b, a, y, x)
        return lower, upper
    c = mpf(1)
    d = 1 / (1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, 1000000):
        step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + step * d)
        c = 1 + step / c
        h *= d * c
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + step * d)
        c = 1 + step / c
        h *= d * c
        if abs(d * c - 1) < mpf(10) ** -70:
            break
    lower = exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a) - loggamma(b)) * h / a
    return lower, 1 - lower


def special():
    mp.dps = 60
    near = [root + sign * 2.0**-k for k in (2, 5, 10, 20, 35, 50) for sign in (1, -1) for root in (1, 2)]
    for x in near + [power_of_ten(-12, 9) for _ in range(60)] + [i / 8 for i in range(1, 100, 3)]:
        z = mpf(x)
        add("logGamma", [x], loggamma(z))
        add("digamma", [x], psi(0, z))
        add("trigamma", [x], psi(1, z))
        add("tetragamma", [x], psi(2, z))
        if x < 1e9:
            add("stirlingError", [x], loggamma(z + 1) - (z + 0.5) * log(z) + z - log(2 * pi) / 2)
    for _ in range(60):
        a, b = power_of_ten(-3, 8), power_of_ten(-3, 8)
        add("logBeta", [a, b], loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + mpf(b)))
    for _ in range(80):
        y = power_of_ten(-5, 9)
        near_y = y * (1 + random.choice([1, -1]) * power_of_ten(-12, -0.01))
        mu = near_y if random.random() < 0.7 else power_of_ten(-5, 9)
        add("devianceTerm", [y, mu], mpf(y) * log(mpf(y) / mpf(mu)) - mpf(y) + mpf(mu))
    for x in [power_of_ten(-10, 2.5) for _ in range(30)]:
        add("log1mExp", [x], log1p(-exp(-mpf(x))))
        add("log1pExp", [x], log(1 + exp(mpf(x))))
        add("log1pExp", [-x], log1p(exp(-mpf(x))))
        add("millsRatio", [x], ncdf(-mpf(x)) / npdf(mpf(x)))
    for _ in range(120):
        a = power_of_ten(-5, 2) if random.random() < 0.6 else power_of_ten(2, 6)
        x = random.choice([a * math.exp(random.gauss(0, 2)), a + math.sqrt(a) * random.gauss(0, 4), power_of_ten(-5, 2)])
        if x <= 0:
            continue
        lower, upper = gamma_tails(a, x)
        log_lower, log_upper = log_pair(lower, upper)
        for name, value in [("lowerGamma", lower), ("upperGamma", upper), ("logLowerGamma", log_lower), ("logUpperGamma", log_upper)]:
            add(name, [a, x], value)
    for a, b in [(25, 50000), (50000, 25), (32, 32), (3, 5)]:  # exactly at the mean, as far as float64 has it
        lower, upper = beta_tails(a, b, a / (a + b), 1 - mpf(a / (a + b)))
        add("lowerBeta", [a, b, a / (a + b)], lower)
    for a in (20, 1e3, 1e6):
        add("lowerGamma", [a, a], gamma_tails(a, a)[0])
    for _ in range(160):
        kind = random.random()
        if kind < 0.3:
            a, b = power_of_ten(-2, 2), power_of_ten(-2, 2)
        elif kind < 0.6:
            a, b = power_of_ten(1, 5), power_of_ten(1, 5)
        else:
            a, b = random.choice([0.5, power_of_ten(-1, 2)]), power_of_ten(0, 6)
        if random.random() < 0.5:
            a, b = b, a
        mean = a / (a + b)
        x = mean + random.gauss(0, 4) * math.sqrt(mean * (1 - mean) / (a + b + 1))
        if not 2**-52 < x < 1 - 2**-20:
            continue
        x = round(x * 2**53) / 2**53  # so that 1 - x is exact
        tails = beta_tails(a, b, x, 1 - mpf(x))
        add("lowerBeta", [a, b, x], tails[0])
        add("logLowerBeta", [a, b, x], log_pair(*tails)[0])


def normal():
    for x in [random.uniform(-37, 37) for _ in range(40)] + [random.uniform(-4, 4) for _ in range(40)] + [-(10.0**k) for k in range(2, 6)]:
        mp.dps = 400 if abs(x) < 40 else 60
        z = mpf(x)
        lower = ncdf(z) if abs(x) < 40 else npdf(z) / abs(z) * mpmath.hyp2f0(1, 0.5, -2 / z**2)
        add("normal.density", [x], npdf(z))
        add("normal.logDensity", [x], log(npdf(z)))
        add("normal.cdf", [x], lower)
        add("normal.upper", [x], 1 - lower)
        log_lower, log_upper = log_pair(lower, 1 - lower)
        add("normal.logCdf", [x], log_lower)
        add("normal.logUpper", [x], log_upper)
    mp.dps = 60
    for p in [power_of_ten(-290, -1) for _ in range(25)] + [random.random() for _ in range(40)]:
        start = mpf(0) if 0.1 < p < 0.9 else sqrt(-2 * log(mpf(min(p, 1 - p)))) * (-1 if p < 0.5 else 1)
        value = mpmath.findroot(lambda t: log(ncdf(t) / p) if p < 0.5 else log(ncdf(-t) / (1 - mpf(p))), start)
        add("normal.quantile", [p], value)


def log_pair(lower, upper):
    """log of two complements, the logarithm of the larger from the smaller."""
    return (log(lower), log1p(-lower)) if lower < upper else (log1p(-upper), log(upper))


def both(name, arguments, lower, upper):
    add(f"{name}.cdf", arguments, lower)
    add(f"{name}.upper", arguments, upper)


def counts():
    for _ in range(60):
        mean = power_of_ten(-4, 6)
        y = max(0, round(mean + math.sqrt(mean) * random.gauss(0, 4)) if random.random() < 0.7 else int(power_of_ten(-1, 3)))
        upper, lower = gamma_tails(y + 1, mean)
        mp.dps = 60
        add("poisson.logDensity", [y, mean], y * log(mpf(mean)) - mpf(mean) - loggamma(mpf(y) + 1))
        both("poisson", [y, mean], lower, upper)
    for _ in range(60):
        n = int(power_of_ten(0, 6))
        p = random.random() if random.random() < 0.6 else power_of_ten(-6, 0)
        k = min(n, max(0, round(n * p + math.sqrt(n * p * (1 - p)) * random.gauss(0, 3))))
        mp.dps = 60
        q = mpf(p)
        density = loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1) + k * log(q) + (n - k) * log(1 - q)
        add("binomial.logDensity", [k, n, p], density)
        if k < n:
            both("binomial", [k, n, p], *beta_tails(n - k, k + 1, 1 - q, q))
    for _ in range(80):
        mean, theta = power_of_ten(-3, 4), power_of_ten(-2, 8)
        spread = math.sqrt(mean + mean * mean / theta)
        y = max(0, round(mean + spread * random.gauss(0, 2)) if random.random() < 0.7 else int(power_of_ten(-1, 3)))
        mp.dps = 60
        share = mpf(theta) / (mpf(theta) + mpf(mean))
        density = loggamma(y + mpf(theta)) - loggamma(mpf(theta)) - loggamma(y + 1) + theta * log(share) + y * log(1 - share)
        add("negativeBinomial.logDensity", [y, mean, theta], density)
        both("negativeBinomial", [y, mean, theta], *beta_tails(theta, y + 1, share, 1 - share))


def statistics():
    for _ in range(70):
        df = random.choice([1, 2, 3, power_of_ten(-1, 2), power_of_ten(2, 8)])
        t = power_of_ten(-3, 1.3) if random.random() < 0.8 else power_of_ten(1, 4)
        mp.dps = 80
        share = mpf(df) / (mpf(df) + mpf(t) ** 2)
        add("studentT.twoSided", [t, df], beta_tails(mpf(df) / 2, 0.5, share, 1 - share)[0])
    for _ in range(70):
        df1, df2 = random.choice([1, 2, 5, power_of_ten(0, 3)]), random.choice([3, power_of_ten(0, 3), power_of_ten(3, 8)])
        f = power_of_ten(-2, 1.5)
        mp.dps = 80
        share = mpf(df1) * mpf(f) / (mpf(df1) * mpf(f) + mpf(df2))
        lower, upper = beta_tails(mpf(df1) / 2, mpf(df2) / 2, share, 1 - share)
        both("fisherF", [f, df1, df2], lower, upper)
        add("fisherF.logUpper", [f, df1, df2], log_pair(lower, upper)[1])
    for _ in range(60):
        df = random.choice([1, 2, power_of_ten(-1, 2), power_of_ten(2, 6)])
        x = max(1e-3, df + math.sqrt(2 * df) * random.gauss(0, 6))
        lower, upper = gamma_tails(mpf(df) / 2, mpf(x) / 2)
        both("chiSquared", [x, df], lower, upper)
        add("chiSquared.logUpper", [x, df], log_pair(lower, upper)[1])


def continuous():
    for _ in range(60):
        shape, scale = power_of_ten(-2, 5), power_of_ten(-2, 2)
        y = shape * scale * math.exp(random.gauss(0, 2 / math.sqrt(1 + shape)))
        mp.dps = 60
        a, z = mpf(shape), mpf(y) / mpf(scale)
        add("gamma.logDensity", [y, shape, scale], (a - 1) * log(z) - z - loggamma(a) - log(mpf(scale)))
        both("gamma", [y, shape, scale], *gamma_tails(a, z))
    for _ in range(100):
        mean = power_of_ten(-2, 3)
        dispersion = power_of_ten(-3, 2) / mean * random.choice([1, 1, 100])
        y = mean * math.exp(random.gauss(0, 2))
        mp.dps = 60 + int(2 / (dispersion * mean) + (y / mean - 1) ** 2 / (dispersion * y))
        if mp.dps > 3000:
            continue
        m, f, z = mpf(mean), mpf(dispersion), mpf(y)
        below, beyond = (z / m - 1) / sqrt(f * z), exp(2 / (f * m)) * ncdf(-(z / m + 1) / sqrt(f * z))
        lower, upper = ncdf(below) + beyond, ncdf(-below) - beyond
        add("inverseGaussian.logDensity", [y, mean, dispersion], -log(2 * pi * f * z**3) / 2 - (z - m) ** 2 / (2 * f * m * m * z))
        both("inverseGaussian", [y, mean, dispersion], lower, upper)
        log_lower, log_upper = log_pair(lower, upper)
        add("inverseGaussian.logCdf", [y, mean, dispersion], log_lower)
        add("inverseGaussian.logUpper", [y, mean, dispersion], log_upper)


def compound_terms(y, mean, dispersion, power):
    """The Poisson rate, and shape and scale of the gamma summands, of a Tweedie variable with 1 < power < 2."""
    m, f, p = mpf(mean), mpf(dispersion), mpf(power)
    return m ** (2 - p) / (f * (2 - p)), (2 - p) / (p - 1), f * (p - 1) * m ** (p - 1)


def sum_terms(log_term, start):
    top = log_term(start)
    total = mpf(0)
    for step in (1, -1):
        j = start if step == 1 else start - 1
        while j >= 1:
            term = log_term(j) - top
            total += exp(term)
            if term < -80:
                break
            j += step
    return top + log(total)


def tweedie():
    for _ in range(120):
        mean, dispersion, power = power_of_ten(-1, 3), power_of_ten(-1.5, 1.5), random.uniform(1.02, 1.98)
        y = mean * math.exp(random.gauss(0, 1))
        mp.dps = 50
        rate, shape, scale = compound_terms(y, mean, dispersion, power)
        z = mpf(y)

        def log_term(j):
            return -rate + j * log(rate) - loggamma(j + 1) + (j * shape - 1) * log(z) - z / scale - loggamma(j * shape) - j * shape * log(scale)

        start = int(z ** (2 - mpf(power)) / (mpf(dispersion) * (2 - mpf(power)))) + 1
        add("tweedie.logDensity", [y, mean, dispersion, power], sum_terms(log_term, start))
    for _ in range(40):
        mean, dispersion, power = power_of_ten(-1, 2), power_of_ten(-1, 1), random.uniform(1.1, 1.9)
        y = mean * math.exp(random.gauss(0, 1))
        mp.dps = 80
        rate, shape, scale = compound_terms(y, mean, dispersion, power)
        if rate > 60:
            continue
        lower, upper = exp(-rate), mpf(0)
        weight = exp(-rate)
        for j in range(1, 400):
            weight *= rate / j
            below, above = gamma_tails(j * shape, mpf(y) / scale)
            lower += weight * below
            upper += weight * above
            if j > rate and weight < mpf(10) ** -40 * upper:
                break
        both("tweedie", [y, mean, dispersion, power], lower, upper)
    for _ in range(120):
        mean, dispersion, power = power_of_ten(-1, 1), power_of_ten(-1.5, 1.5), random.uniform(2.05, 6)
        y = mean * math.exp(random.gauss(0, 1))
        size = y ** (2 - power) / (dispersion * (power - 1) * (power - 2))
        if size > 100:
            continue
        # Dunn and Smyth (2005), the series for powers above 2: it alternates, so its digits are added to.
        mp.dps = int(60 + 3 * size)
        z, m, f, p = map(mpf, (y, mean, dispersion, power))
        index = (p - 2) / (p - 1)
        log_factor = (index - 1) * log(f) + index * log(p - 1) - log(p - 2) - index * log(z)
        total, largest, k = mpf(0), mpf(0), 1
        while True:
            bound = exp(loggamma(1 + index * k) - loggamma(k + 1) + k * log_factor)
            total += bound * (-1) ** k * mpmath.sin(-k * pi * index)
            largest = max(largest, bound)
            if k > 10 and bound < largest and bound < mpf(10) ** (5 - mp.dps):
                break
            k += 1
        tilt = (z * m ** (1 - p) / (1 - p) - m ** (2 - p) / (2 - p)) / f
        add("tweedie.logDensity", [y, mean, dispersion, power], log(total / (pi * z)) + tilt)


for part in (special, normal, counts, statistics, continuous, tweedie):
    part()

provenance = {
    "software": f"Python {sys.version.split()[0]}, mpmath {mpmath.__version__}",
    "script": "make-exact.py",
    "call": "python make-exact.py",
}
with open("exact.json", "w") as file:
    lines = [f'    "{name}": [\n      ' + ",\n      ".join(json.dumps(case) for case in rows) + "\n    ]" for name, rows in cases.items()]
    file.write('{\n  "provenance": ' + json.dumps(provenance) + ',\n  "cases": {\n' + ",\n".join(lines) + "\n  }\n}\n")
