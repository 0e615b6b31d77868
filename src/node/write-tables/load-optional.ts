import { InputError } from "../../errors.ts";

/** A package that is installed only where it is wanted. @throws InputError where it is not */
export async function loadOptional<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new InputError({
      call: "writeTables",
      argument: "path",
      expected: "one whose format can be written here",
      received: `a format that needs the package ${name}`,
      mend: `Install it with npm install ${name}, or write .csv or .ndjson, which need nothing.`,
    });
  }
}
