// A model that somebody else runs: it prices a home as the mean of the most comparable sales. All that is known of it is its URL.
import { createServer } from "node:http";
import { training } from "./homes.js";

const sales = training.toRecords();
const COMPARABLE = 8;

/** How little two homes have in common. */
function distance(home, sale) {
  const apart = (home.kind === sale.kind ? 0 : 1) + (home.neighborhood === sale.neighborhood ? 0 : 1);
  return Math.abs(home.area - sale.area) / 500 + Math.abs(home.built - sale.built) / 30 + apart;
}

function price(home) {
  const nearest = sales
    .map((sale) => ({ sale, away: distance(home, sale) }))
    .sort((a, b) => a.away - b.away)
    .slice(0, COMPARABLE);
  return nearest.reduce((sum, { sale }) => sum + sale.price, 0) / COMPARABLE;
}

/** Starts the service; like any other it wants a token, and is too busy now and then. */
export async function startService(token) {
  const counts = { requests: 0, refused: 0, homes: 0 };
  const server = createServer(async (request, response) => {
    const answer = (status, body, headers = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.url !== "/v1/models/homes:predict") return answer(404, { error: "no such model" });
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { error: "who are you?" });
    if (++counts.requests % 5 === 0) {
      counts.refused++;
      return answer(503, { error: "busy" }, { "retry-after": "0" });
    }
    const { instances } = JSON.parse(body);
    counts.homes += instances.length;
    return answer(200, { predictions: instances.map(price) });
  });
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/v1/models/homes:predict`, counts, stop: () => server.close() };
}
