/** Passes that one pass with second derivatives costs: a constant, and a share of the number of columns. */
const COST = 1;
const COST_PER_COLUMN = 1 / 8;
/** Steps that second derivatives deserve before they are judged. */
const FEWEST_STEPS = 3;
/** A step that shortens the next by less than this was foretold badly. */
const POOR_RATE = 0.5;
/** Passes at one strength that even good second derivatives take. */
const USUAL_PASSES = 2;

/** Decides when second derivatives are worth taking from the rows again: when doing without has cost as many passes. */
export class RefreshPolicy {
  /** No step has been taken since. */
  isFresh = true;
  private steps = 0;
  private stepsHere = 0;
  private debt = 0;

  beginStrength(): void {
    this.stepsHere = 0;
  }

  stepped(share: number): void {
    this.isFresh = false;
    this.steps += share === 1 ? 1 : FEWEST_STEPS;
    if (++this.stepsHere > USUAL_PASSES) this.debt++;
  }

  refreshed(): void {
    this.isFresh = true;
    this.steps = 0;
    this.debt = 0;
  }

  /** @param rate - how much shorter the last step made the next @param numColumns - of the working set */
  wantsRefresh(length: number, rate: number, tolerance: number, numColumns: number): boolean {
    if (this.isFresh) return false;
    const cost = COST + COST_PER_COLUMN * numColumns;
    if (this.debt >= cost) return true;
    if (this.steps < FEWEST_STEPS) return false;
    return rate >= POOR_RATE || Math.log(tolerance / length) / Math.log(rate) > cost + USUAL_PASSES;
  }
}
