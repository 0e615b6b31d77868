import { importLightgbm, treeShap, type Matrix, type TreeShapExplainer, type TreeWorker } from "vitrine";

/** Values of both games, of rows divided among web workers, and how far progress was told. */
export interface FoundInWorkers {
  readonly values: readonly number[];
  readonly rowsDone: number;
  /** What an aborted call was rejected with. */
  readonly aborted: string;
  /** What a row that cannot be explained was refused with, by name and message. */
  readonly refused: string;
}

/** What a web page would do. @param worker - as the option of that name; without it the library finds its own file */
export async function explainInWorkers(
  model: string,
  rows: readonly (readonly number[])[],
  worker?: () => TreeWorker,
): Promise<FoundInWorkers> {
  const matrix = { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length };
  const ensemble = importLightgbm(model);
  const options = { threads: 2, ...(worker ? { worker } : {}) };
  const values: number[] = [];
  let rowsDone = 0;
  const explainers = [treeShap(ensemble), treeShap(ensemble, { background: matrix })];
  for (const explainer of explainers) {
    const found = await explainer.explainParallel(matrix, { ...options, onProgress: (progress) => (rowsDone = progress.rowsDone) });
    values.push(...found.values);
    for await (const each of explainer.explainStream([matrix, matrix], options)) values.push(...each.values);
  }
  const [explainer] = explainers;
  const aborted = await abortOne(explainer, matrix, options);
  const refused = await explainer
    .explainParallel([{ nothing: 1 }], options)
    .then(String, (error: Error) => `${error.name}: ${error.message}`);
  await Promise.all(explainers.map((each) => each.close()));
  return { values, rowsDone, aborted, refused };
}

function abortOne(explainer: TreeShapExplainer, matrix: Matrix, options: object): Promise<string> {
  const stop = new AbortController();
  const running = explainer.explainParallel(matrix, { ...options, signal: stop.signal }).then(String, String);
  stop.abort("enough");
  return running;
}
