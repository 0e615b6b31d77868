// Trains the network and writes model/. Its files stand in the repository: run this only to make them anew.
import { tensorflowPredictor } from "vitrine/predictors";
import { kept, training } from "./homes.js";
import { saveNetwork, startTensorflow, writeColumns } from "./network.js";

const tf = await startTensorflow();

/** The network learns prices in this unit, and is made to say dollars in the end. */
const UNIT = 100_000;

const scaled = (name) => {
  const { values } = training.column(name);
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / values.length);
  return { name, center: Number(center.toPrecision(4)), scale: Number(scale.toPrecision(3)) };
};
const indicators = (name) => ({ name, levels: training.column(name).levels, as: "indicators" });
const columns = [scaled("area"), scaled("built"), indicators("kind"), indicators("neighborhood")];

const width = 2 + columns[2].levels.length + columns[3].levels.length;
const seeded = (seed) => tf.initializers.glorotUniform({ seed });
const model = tf.sequential();
const penalty = tf.regularizers.l2({ l2: 1e-4 });
model.add(
  tf.layers.dense({
    units: 24,
    activation: "relu",
    inputShape: [width],
    kernelInitializer: seeded(1),
    kernelRegularizer: penalty,
    name: "first",
  }),
);
model.add(tf.layers.dense({ units: 12, activation: "relu", kernelInitializer: seeded(2), kernelRegularizer: penalty, name: "second" }));
model.add(tf.layers.dense({ units: 1, kernelInitializer: seeded(3), name: "price" }));

// A fixed order that looks shuffled: steps through the rows by a number that shares no divisor with their count.
const order = Array.from({ length: training.numRows }, (_, i) => (i * 1009) % training.numRows);
const shuffled = training.take(order);
// The predictor codes rows as the network will be given them later.
const encode = (table) => tensorflowPredictor(model, { columns }).differentiable.encode(table).values;
const inputs = tf.tensor2d(Float32Array.from(encode(shuffled)), [shuffled.numRows, width]);
const prices = tf.tensor2d(
  Float32Array.from(shuffled.column("price").values, (price) => price / UNIT),
  [shuffled.numRows, 1],
);
// Ever smaller steps, so that the last ones settle.
for (const step of [0.005, 0.001, 0.0002]) {
  model.compile({ optimizer: tf.train.adam(step), loss: "meanSquaredError" });
  await model.fit(inputs, prices, { epochs: 60, batchSize: 64, shuffle: false, verbose: 0 });
}

const last = model.getLayer("price");
last.setWeights(last.getWeights().map((weights) => tf.mul(weights, UNIT)));
writeColumns(columns);
await saveNetwork(model);

for (const [name, table] of Object.entries({ training, kept })) {
  const predictions = await tensorflowPredictor(model, { columns })(table);
  const squares = predictions.map((prediction, row) => (prediction - table.column("price").values[row]) ** 2);
  console.log(`${name}: typical miss $${Math.round(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length))}`);
}
