import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factorCholesky, invertCholesky } from "../../../src/numeric/index.ts";
import { effectiveDegrees, samplingCovariance } from "../../../src/models/gam/inference/effective-degrees.ts";
import { correctedDegrees, smoothingCovariance } from "../../../src/models/gam/inference/smoothing-uncertainty.ts";
import { testSmooth } from "../../../src/models/gam/inference/smooth-test.ts";
import { testEffect, variationBy } from "../../../src/models/gam/inference/effect-test.ts";
const folder = new URL("inference/", import.meta.url);
for (const file of readdirSync(folder).filter((f) => f.endsWith(".json"))) {
  const d = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  it(file, () => {
    const p = d.size; const gram = Float64Array.from(d.gram as number[]);
    const penalty = new Float64Array(p*p); const slopes: Float64Array[] = [], penalties: Float64Array[] = [];
    const A = () => gram.map((v,i)=>v+penalty[i]);
    for (const m of d.smooths) m.penalties.forEach((S: number[], k: number) => { const out = new Float64Array(p*p); for (let i=0;i<m.size;i++) for (let j=0;j<m.size;j++) out[(m.first+i)*p+m.first+j] = m.smoothing[k]*S[i*m.size+j]; penalties.push(out); out.forEach((v,i)=>penalty[i]+=v); });
    const unscaledCovariance = invertCholesky(factorCholesky(A(), p));
    const estimates = Float64Array.from(d.coefficients as number[]);
    const e = { estimates, fisherGram: gram, unscaledCovariance };
    const deg = effectiveDegrees(e);
    const max = (a: ArrayLike<number>, b: number[]) => Math.max(...b.map((v,i)=>Math.abs(a[i]-v)));
    const phi = d.scale;
    console.log(file, "edf", max(deg.edf,d.edf), "edf1", max(deg.edf1,d.edf1), "Ve", max(samplingCovariance(deg,unscaledCovariance,p).map(v=>v*phi), d.Ve));
    for (const S of penalties) { const Sb = estimates.map((_,i)=>estimates.reduce((s,b,j)=>s+S[i*p+j]*b,0)); slopes.push(estimates.map((_,i)=>-Sb.reduce((s,b,j)=>s+unscaledCovariance[i*p+j]*b,0))); }
    const more = smoothingCovariance(e, penalty, phi, { hessian: Float64Array.from((d.hessian as number[][]).flat()), slopes, penalties });
    const Vc = more!.map((v,i)=>v+phi*unscaledCovariance[i]);
    const edf2 = correctedDegrees(Vc, gram, phi, deg.edf1);
    console.log("Vc", max(Vc,d.Vc), "of", Math.max(...d.Vc.map(Math.abs)), "edf2", max(edf2,d.edf2));
    const df = d.scaleEstimated ? d.residualDf : Infinity;
    const block = (M: Float64Array, m: {first:number,size:number}) => Float64Array.from({length:m.size**2},(_,c)=>M[(m.first+Math.floor(c/m.size))*p+m.first+c%m.size]);
    d.smooths.forEach((m: any, j: number) => {
      const b = estimates.slice(m.first, m.first+m.size);
      let t;
      if (m.nullSpaceDimension > 0 && !file.startsWith("select")) t = testSmooth({ estimates: b, covariance: block(unscaledCovariance.map(v=>v*phi), m), gram: block(gram, m) }, deg.edf1.slice(m.first,m.first+m.size).reduce((s,v)=>s+v,0), { residualDegreesOfFreedom: df });
      else { let N = samplingCovariance(deg, unscaledCovariance, p);
        for (const o of d.smooths) if (o !== m && /[gh]/.test(o.label)) { const v = variationBy(deg.influence, block(penalty, o), o.first, p); if (v) N = N.map((x,i)=>x+v[i]); }
        t = testEffect({ estimates: b, unscaledCovariance: block(unscaledCovariance,m), nullCovariance: block(N,m), dispersion: phi }, { residualDegreesOfFreedom: df }); }
      console.log(m.label, JSON.stringify(t), JSON.stringify(d.table[j]));
    });
  });
}
