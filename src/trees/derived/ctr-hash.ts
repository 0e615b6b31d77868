/** The odd factor that CatBoost mixes hashes with. */
const FACTOR_HIGH = 0x4906ba49;
const FACTOR_LOW = 0x4954cb65;

/** The high word of the product of two words. */
function multiplyHigh(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const cross = aLow * bHigh;
  const otherCross = aHigh * bLow;
  const middle = ((aLow * bLow) >>> 16) + (cross & 0xffff) + (otherCross & 0xffff);
  return (aHigh * bHigh + (cross >>> 16) + (otherCross >>> 16) + (middle >>> 16)) >>> 0;
}

/** The hash of several values, one after the other, as CatBoost's tables of combinations have it: 64 bits in two words. */
export class CtrHash {
  high = 0;
  low = 0;

  clear(): void {
    this.high = 0;
    this.low = 0;
  }

  /** hash = factor (hash + factor value), where a negative value fills the high word with ones. */
  add(value: number): void {
    const { high, low } = this;
    this.multiply(value < 0 ? 0xffffffff : 0, value >>> 0);
    const sum = this.low + low;
    this.multiply((this.high + high + (sum > 0xffffffff ? 1 : 0)) >>> 0, sum >>> 0);
  }

  private multiply(high: number, low: number): void {
    this.high = (multiplyHigh(low, FACTOR_LOW) + Math.imul(high, FACTOR_LOW) + Math.imul(low, FACTOR_HIGH)) >>> 0;
    this.low = Math.imul(low, FACTOR_LOW) >>> 0;
  }
}
