#!/usr/bin/env node
// Tries a running service with two CoAP clients for Node that share no code with it nor with each other:
//   npm install && node coap.mjs coap://127.0.0.1:5683 [SECONDS [coaps://127.0.0.1:5684 IDENTITY KEYFILE]]
// Prints a line for each thing tried; exits 1 when one of them is not as it should be.
import { readFileSync } from "node:fs";
import coap from "coap";
import secure from "node-coap-client";

const [base, seconds = "60", coaps, identity, keyFile] = process.argv.slice(2);
const FORMATS = { "/metrics": [0, 110, 112], "/status": [0, 50, 60], "/health": [0, 50, 60], "/run": [50, 60] };
let failures = 0;

function said(good, what) {
  failures += good ? 0 : 1;
  console.log(`${good ? "ok  " : "FAIL"} ${what}`);
}

function get(path, { accept, observe } = {}) {
  const { hostname, port } = new URL(base);
  const [pathname, query] = path.split("?");
  return new Promise((resolve, reject) => {
    const request = coap.request({ hostname, port: Number(port), pathname, query, observe });
    if (accept !== undefined) {
      request.setOption("Accept", Buffer.from(accept === 0 ? [] : [accept]));
    }
    request.on("response", resolve);
    request.on("error", reject);
    request.end();
  });
}

async function discovery() {
  const response = await get("/.well-known/core");
  const links = String(response.payload).split(",<").length;
  said(response.code === "2.05" && links > 10, `/.well-known/core: ${response.code}, ${links} links, ${response.payload.length} bytes`);
  const filtered = await get("/.well-known/core?rt=ember.metrics");
  said(/^<\/metrics>/.test(String(filtered.payload)), `/.well-known/core?rt=ember.metrics: ${filtered.payload}`);
}

async function formats() {
  for (const [path, accepts] of Object.entries(FORMATS)) {
    for (const accept of accepts) {
      const response = await get(path, { accept });
      said(response.code === "2.05" && response.payload.length > 0, `${path} Accept=${accept}: ${response.code}, ${response.payload.length} bytes`);
    }
    const refused = await get(path, { accept: 41 });
    said(refused.code === "4.06", `${path} Accept=41: ${refused.code} ${refused.payload}`);
  }
}

async function blockwise() {
  const core = String((await get("/.well-known/core")).payload);
  const path = core.match(/<(\/pattern\/[^>]+)>/)[1];
  const pattern = JSON.parse(String((await get(path, { accept: 50 })).payload));
  const bins = Object.entries(pattern).filter(([, value]) => Array.isArray(value));
  said(bins.length >= 3 && bins.every(([, value]) => value.length === bins[0][1].length), `${path}: ${bins.map(([k, v]) => `${k} ${v.length}`).join(", ")}`);
}

async function observe() {
  const response = await get("/metrics", { accept: 110, observe: true });
  let notifications = 0;
  let largest = 0;
  let wrong = 0;
  response.on("data", (chunk) => {
    notifications++;
    largest = Math.max(largest, chunk.length);
    const pack = JSON.parse(String(chunk));
    wrong += Array.isArray(pack) && pack[0].bn && pack[0].bt ? 0 : 1;
  });
  await new Promise((resolve) => setTimeout(resolve, 1000 * Number(seconds)));
  response.close();
  said(notifications > Number(seconds) && wrong === 0 && largest <= 1024,
    `/metrics observed for ${seconds} s: ${notifications} notifications, largest ${largest} bytes, ${wrong} no SenML packs`);
}

async function dtls() {
  const { hostname } = new URL(coaps);
  const client = secure.CoapClient;
  const tries = { right: readFileSync(keyFile, "utf8").trim(), wrong: "not the key at all" };
  for (const [which, key] of Object.entries(tries)) {
    client.setSecurityParams(hostname, { psk: { [identity]: key } });
    const result = await client.tryToConnect(coaps);
    said((result === true) === (which === "right"), `DTLS with the ${which} key: ${result}`);
    if (result === true) {
      const response = await client.request(`${coaps}/status`, "get");
      said(String(response.code) === "2.05", `${coaps}/status: ${response.code}, ${response.payload?.length} bytes`);
    }
    client.reset();
  }
}

await discovery();
await formats();
await blockwise();
await observe();
if (coaps) {
  await dtls();
}
process.exit(failures === 0 ? 0 : 1);
