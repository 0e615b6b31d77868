import { configureGlobal } from "fast-check";

// The same examples in every run, so that a red run means a change; VITRINE_SEED looks at others.
configureGlobal({ seed: Number(process.env.VITRINE_SEED ?? 20261125) });
