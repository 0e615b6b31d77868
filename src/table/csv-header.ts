import { InputError } from "../errors.ts";

/** Every column must have a name of its own. */
export function checkHeader(call: string, header: readonly string[]): void {
  const positions = new Map<string, number>();
  for (const [j, name] of header.entries()) {
    const before = positions.get(name);
    if (name.trim() === "") {
      const mend = "Name it in the file: row names written by R or pandas stand in such a column.";
      throw refuseName(call, "not empty", "an empty name", `column ${j + 1}`, mend);
    }
    if (before !== undefined) {
      const where = `columns ${before + 1} and ${j + 1}`;
      throw refuseName(call, "different from the others", `${JSON.stringify(name)} twice`, where, "Rename one of them in the file.");
    }
    positions.set(name, j);
  }
}

function refuseName(call: string, expected: string, received: string, where: string, mend: string): InputError {
  return new InputError({ call, argument: "each name in the header", expected, received, where, mend });
}
