// An MCP client that shares no line with ours: node client.mjs URL TOKEN
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, token] = process.argv.slice(2);
const connect = async (bearer) => {
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${bearer}` } },
  });
  const client = new Client({ name: "independent", version: "1" });
  await client.connect(transport);
  return { client, transport };
};
const said = {};
const { client, transport } = await connect(token);
said.server = client.getServerVersion().name;
said.session = transport.sessionId;
said.tools = (await client.listTools()).tools.map((t) => t.name);
const allowed = await client.callTool({ name: "list", arguments: { supplier: "sup-1" } });
said.text = allowed.content[0].text;
said.call = allowed._meta["dev.writ/call"];
try {
  await client.callTool({ name: "list", arguments: { supplier: "sup-9" } });
} catch (e) {
  said.denied = { code: e.code, reason: e.data?.reason, policies: e.data?.policies };
}
try {
  await client.listResources();
} catch (e) {
  said.resources = String(e.message).slice(0, 60);
}
await transport.terminateSession();
await client.close();
try {
  await connect("old");
} catch (e) {
  said.old = e.code ?? e.name;
}
console.log(JSON.stringify(said));
