// Compiles the AssemblyScript sources of this room into one WebAssembly module and writes it, inlined, to wasm.generated.ts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const room = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vitrine-kernels-"));
const binary = join(folder, "kernels.wasm");
const entry = join(room, "assembly/index.ts");
const { error, stderr } = await main([entry, "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--outFile", binary]);
if (error) {
  process.stderr.write(`${stderr}\n${error.message}\n`);
  process.exit(1);
}
const base64 = readFileSync(binary).toString("base64");
rmSync(folder, { recursive: true });
const text = `// Written by build.mjs from assembly/*.ts: do not edit.\nexport const WASM_BASE64: string =\n  "${base64}";\n`;
writeFileSync(join(room, "wasm.generated.ts"), text);
