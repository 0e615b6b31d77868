#!/usr/bin/env node
import { runCommand } from "./run-command.ts";

// A reader that has seen enough (`vitrine --help | head -1`) closes the pipe: no fault of anyone's.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

// No top-level await: it would forbid `require()` of anything in the same graph.
void runCommand(process.argv.slice(2), { out: process.stdout, err: process.stderr }).then((code) => {
  process.exitCode = code;
});
