#!/usr/bin/env node
import { runCommand } from "./run-command.ts";

// No top-level await: it would forbid `require()` of anything in the same graph.
void runCommand(process.argv.slice(2), { out: process.stdout, err: process.stderr }).then((code) => {
  process.exitCode = code;
});
