"""Prints the coefficients that src/numeric/special keeps as numbers.

Run: python make-coefficients.py   (Python 3.11, mpmath 1.3 or later)

- zeta(k) - 1 for k = 2 ... 32 (gamma-near-two.ts)
- Chebyshev coefficients in t = (x - 5)/(x + 5) of (1 + x) R(x) (mills-ratio.ts) and (1 + x)^2 (1 - x R(x)) (mills-slope.ts),
  where R is Mills' ratio of the standard normal; by the discrete orthogonality of the polynomials at 120 nodes, to 60 digits.
"""

from mpmath import cos, erfc, exp, hyp2f0, mp, mpf, pi, sqrt, zeta

mp.dps = 60
CENTRE = mpf(5)
NODES = 120


def mills_ratio(x):
    return sqrt(pi / 2) * exp(x * x / 2) * erfc(x / sqrt(2)) if x < 60 else hyp2f0(1, mpf(1) / 2, -2 / (x * x)) / x


def mills_slope(x):
    return 1 - x * mills_ratio(x)


def chebyshev(function, count):
    angles = [(j + mpf(1) / 2) * pi / NODES for j in range(NODES)]
    values = [function(CENTRE * (1 + cos(angle)) / (1 - cos(angle))) for angle in angles]
    sums = [sum(value * cos(k * angle) for value, angle in zip(values, angles)) for k in range(count)]
    return [(1 if k == 0 else 2) * total / NODES for k, total in enumerate(sums)]


for name, values in [
    ("zeta(k) - 1", [zeta(k) - 1 for k in range(2, 33)]),
    ("(1 + x) mills ratio", chebyshev(lambda x: (1 + x) * mills_ratio(x), 25)),
    ("(1 + x)^2 mills slope", chebyshev(lambda x: (1 + x) ** 2 * mills_slope(x), 27)),
]:
    print(name)
    print(", ".join(repr(float(value)) for value in values))
