import * as fc from "fast-check";
import { expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { TreeEnsemble } from "../../src/trees/index.ts";
import { makeEnsemble, makeMatrix } from "../support/make-ensemble.ts";
import { layTrees, nestedTree, randomRows } from "../support/random-trees.ts";

const RUNS = 200;

test("an ensemble restored from its JSON predicts and explains the same, to the bit", () => {
  const forest = fc
    .integer({ min: 1, max: 2 })
    .chain((width) => fc.record({ width: fc.constant(width), trees: fc.array(nestedTree(4, width), { minLength: 1, maxLength: 4 }) }));
  fc.assert(
    fc.property(forest, randomRows(5), ({ width, trees }, rows) => {
      const ensemble = makeEnsemble(
        layTrees(
          trees,
          trees.map(() => 0),
          width,
        ),
        width,
        Float64Array.from({ length: width }, (_, k) => k + 0.1),
      );
      const restored = TreeEnsemble.fromJSON(JSON.parse(JSON.stringify(ensemble)));
      const data = makeMatrix(rows);
      expect(restored.predict(data)).toEqual(ensemble.predict(data));
      expect(restored.toJSON()).toEqual(ensemble.toJSON());
      const explained = [restored, ensemble].map((one) => treeShap(one, { background: data }).explain(data).values);
      expect(explained[0]).toEqual(explained[1]);
    }),
    { numRuns: RUNS },
  );
});
