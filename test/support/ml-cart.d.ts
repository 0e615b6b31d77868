/** ml-cart ships without types: what tests use of it. */
declare module "ml-cart" {
  interface Options {
    readonly minNumSamples?: number;
    readonly maxDepth?: number;
    readonly gainThreshold?: number;
  }
  class DecisionTree {
    constructor(options?: Options);
    train(rows: readonly (readonly number[])[], responses: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): number[];
    toJSON(): { readonly name: string; readonly root: unknown };
    root: { classify(row: readonly number[]): unknown };
  }
  export class DecisionTreeClassifier extends DecisionTree {
    static load(json: unknown): DecisionTreeClassifier;
  }
  export class DecisionTreeRegression extends DecisionTree {
    static load(json: unknown): DecisionTreeRegression;
  }
}
