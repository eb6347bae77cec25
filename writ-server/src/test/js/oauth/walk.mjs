// Walks through Writ's authorization server with clients that know only the standards:
// oauth4webapi (discovery, client credentials, token exchange, introspection, revocation, RFC 9068)
// and jose (keys). Reads one JSON object from standard input, prints one line for each step.
import * as oauth from 'oauth4webapi';
import * as jose from 'jose';

let text = '';
for await (const chunk of process.stdin) text += chunk;
const input = JSON.parse(text);
const insecure = { [oauth.allowInsecureRequests]: true };

function must(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
  console.log(`ok ${what}`);
}

async function clientOf({ id, jwk }) {
  const key = await crypto.subtle.importKey(
    'jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  // The issuer alone is the audience, as RFC 7523bis wants it.
  const auth = oauth.PrivateKeyJwt(key, {
    [oauth.modifyAssertion](header, payload) { payload.aud = input.issuer; },
  });
  return { client: { client_id: id }, auth };
}

const issuer = new URL(input.issuer);
const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
const as = await oauth.processDiscoveryResponse(issuer, discovery);
must(as.token_endpoint === `${input.issuer}/oauth/token`, 'discovery names the token endpoint');

const matcher = await clientOf(input.matcher);
const summariser = await clientOf(input.summariser);
const type = 'urn:writ:task';

// --- A task is opened ---
const opened = await oauth.processGenericTokenEndpointResponse(as, matcher.client,
  await oauth.genericTokenEndpointRequest(as, matcher.client, matcher.auth, 'client_credentials',
    { authorization_details: JSON.stringify([{ type, writ: input.writ }]) }, insecure));
must(opened.token_type === 'bearer', 'client credentials give a bearer token');
must(opened.authorization_details[0].writ === input.writ, 'the granted details name the writ');

// --- The token stands by itself: RFC 9068 with the published keys ---
const keys = jose.createRemoteJWKSet(new URL(as.jwks_uri));
async function verified(token) {
  const { payload, protectedHeader } = await jose.jwtVerify(token, keys, {
    issuer: input.issuer, audience: input.audience, typ: 'at+jwt', algorithms: ['ES256'],
    requiredClaims: ['client_id', 'sub', 'iat', 'exp', 'jti', 'txn'],
  });
  must(typeof protectedHeader.kid === 'string', 'the token names its key');
  return payload;
}
const first = await verified(opened.access_token);
must(first.sub === input.matcher.id && first.client_id === input.matcher.id, 'sub and client_id');
const request = new Request(input.audience,
  { headers: { authorization: `Bearer ${opened.access_token}` } });
const validated = await oauth.validateJwtAccessToken(as, request, input.audience, insecure);
must(validated.jti === first.jti, 'oauth4webapi accepts it as a resource server');

// --- Exchange narrows, and only narrows ---
async function exchange(permissions) {
  return oauth.genericTokenEndpointRequest(as, summariser.client, summariser.auth,
    'urn:ietf:params:oauth:grant-type:token-exchange', {
      subject_token: opened.access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify([{ type, permissions }]),
    }, insecure);
}
const read = { ...opened.authorization_details[0].permissions[0], actions: ['read'] };
const child = await oauth.processGenericTokenEndpointResponse(
  as, summariser.client, await exchange([read]));
const delegated = await verified(child.access_token);
must(delegated.act.sub === input.summariser.id, 'act names the current actor');
must(delegated.sub === input.matcher.id && delegated.txn === first.txn, 'sub and txn stay');
must(delegated.exp <= first.exp, 'the child ends no later');
must(JSON.stringify(delegated.authorization_details).includes('"read"')
  && !JSON.stringify(delegated.authorization_details).includes('"pay"'), 'the child may do less');
let refused = '';
try {
  await oauth.processGenericTokenEndpointResponse(
    as, summariser.client, await exchange([{ ...read, actions: ['delete'] }]));
} catch (e) {
  refused = e instanceof oauth.ResponseBodyError ? e.error : `${e}`;
}
must(refused === 'invalid_authorization_details', 'widening is refused');

// --- Introspection and revocation ---
async function active(token) {
  const response = await oauth.introspectionRequest(
    as, matcher.client, matcher.auth, token, insecure);
  return oauth.processIntrospectionResponse(as, matcher.client, response);
}
const seen = await active(child.access_token);
must(seen.active && seen.client_id === input.summariser.id && seen.act.sub === input.summariser.id,
  'introspection knows the child');
await oauth.processRevocationResponse(await oauth.revocationRequest(
  as, matcher.client, matcher.auth, child.access_token, insecure));
must(!(await active(child.access_token)).active, 'the child is revoked alone');
must((await active(opened.access_token)).active, 'its parent is not');
await oauth.processRevocationResponse(await oauth.revocationRequest(
  as, matcher.client, matcher.auth, opened.access_token, insecure));
must(!(await active(opened.access_token)).active, "revoking the first token ends the task");

// --- A client that is not who it says ---
const impostor = await crypto.subtle.generateKey(
  { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const forged = oauth.PrivateKeyJwt(impostor.privateKey, {
  [oauth.modifyAssertion](header, payload) { payload.aud = input.issuer; },
});
const response = await oauth.introspectionRequest(
  as, matcher.client, forged, opened.access_token, insecure);
must(response.status === 401 && (await response.json()).error === 'invalid_client',
  'a foreign key is no client');
console.log('done');
