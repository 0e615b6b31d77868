import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

/** The Python of the peers: VITRINE_PEERS_PYTHON, else the virtual environment beside the project. */
export const python = process.env.VITRINE_PEERS_PYTHON ?? resolve(import.meta.dirname, "../../peers-venv/bin/python");

/** The Rscript of the peers: VITRINE_PEERS_RSCRIPT, else the one on the path. */
export const rscript = process.env.VITRINE_PEERS_RSCRIPT ?? "Rscript";

/** One thread, whatever library a peer computes with. */
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

/** A process of its own that answers one line of JSON with another. */
export class Engine {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;
  private readonly command: string;
  private complaint = "";

  constructor(command: string, args: readonly string[]) {
    this.command = command;
    if (command.includes("/") && !existsSync(command)) throw new Error(`there is no ${command}`);
    // Settings that pin numpy's BLAS to an old kernel would slow the peers down.
    const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...environment } = process.env;
    this.process = spawn(command, args, { env: { ...environment, ...ONE_THREAD } });
    this.process.stderr.on("data", (text) => (this.complaint = `${this.complaint}${String(text)}`.slice(-2000)));
    this.process.stdin.on("error", () => {});
    this.process.on("error", ({ message }) => (this.complaint = message));
    this.answers = createInterface(this.process.stdout)[Symbol.asyncIterator]();
  }

  /** Sends one request and waits for its answer. */
  async ask<Answer = Record<string, unknown>>(request: Record<string, unknown>): Promise<Answer> {
    this.process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`${this.command} ended at ${JSON.stringify(request)}: ${this.complaint.trim()}`);
    return JSON.parse(value) as Answer;
  }

  close(): void {
    this.process.stdin.end();
  }

  /** Ends the process in the middle of its work. */
  kill(): void {
    this.process.kill("SIGKILL");
  }
}
