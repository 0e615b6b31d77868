import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";
import { resolve } from "node:path";

/** The Python with shap and lightgbm: VITRINE_PEERS_PYTHON, else the virtual environment beside the project. */
const python = process.env.VITRINE_PEERS_PYTHON ?? resolve(import.meta.dirname, "../../../peers-venv/bin/python");

/** The Python peers in a process of their own. */
export class Peers {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;
  private readonly lines: Interface;

  constructor(folder: string) {
    if (!existsSync(python)) {
      throw new Error(
        `no Python at ${python}: make a virtual environment with shap and lightgbm, and name its python in VITRINE_PEERS_PYTHON`,
      );
    }
    this.process = spawn(python, [resolve(import.meta.dirname, "peers.py"), folder]);
    this.process.stderr.resume();
    this.lines = createInterface(this.process.stdout);
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  /** Sends one request and waits for its answer. */
  async ask<Answer = Record<string, unknown>>(request: Record<string, unknown>): Promise<Answer> {
    this.process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`the Python peers ended at ${JSON.stringify(request)}`);
    return JSON.parse(value) as Answer;
  }

  close(): void {
    this.process.stdin.end();
  }
}
