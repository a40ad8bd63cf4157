/**
 * The authorization server of one tenant: oidc-provider with strict rotation of refresh tokens (RFC 9700 §4.14.2), where a
 * spent token that comes back revokes the whole grant, and JWT access tokens (RFC 9068) for the tenant's API.
 */

import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { createMemoryAdapter } from './adapter.js';
import { registerSignIn, SIGN_IN } from './sign-in.js';

export const SIGNING_ALGORITHM = /** @type {const} */ ('RS256');
export const CLIENT_ID = 'app';
const SCOPE = 'api';
/** Lifetime in seconds of the refresh tokens. */
export const REFRESH_TTL = 30 * 24 * 3600;

// One key for all tenants: to make an RSA key takes longer than all the rest of a tenant. Tenants still do not take each
// other's tokens, because each is an issuer of its own.
const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
const signingKey = { ...(await exportJWK(privateKey)), use: 'sig', alg: SIGNING_ALGORITHM };

/**
 * @param {string} issuer
 * @param {object} options
 * @param {string} options.audience the API that the access tokens are for
 * @param {() => number} options.accessTtl lifetime in seconds of the access tokens given from now on
 * @param {() => number} options.generation carried by each access token as `gen`, for the API to compare
 */
export function createProvider(issuer, { audience, accessTtl, generation }) {
  const resourceServer = {
    audience,
    scope: SCOPE,
    accessTokenFormat: /** @type {const} */ ('jwt'),
    jwt: { sign: { alg: SIGNING_ALGORITHM } },
  };
  const provider = new Provider(issuer, {
    adapter: createMemoryAdapter(),
    jwks: { keys: [signingKey] },
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: 'none',
        grant_types: ['refresh_token', SIGN_IN],
        redirect_uris: [],
        response_types: [],
      },
    ],
    rotateRefreshToken: true,
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    ttl: { AccessToken: accessTtl, RefreshToken: REFRESH_TTL, Grant: REFRESH_TTL },
    extraTokenClaims: () => ({ gen: generation() }),
    features: {
      // An access token is a JWT only when it is for a resource server.
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => resourceServer,
        useGrantedResource: () => true,
      },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
  });
  // The server takes this prefix off before it asks; the provider puts it back into the addresses that it publishes.
  const mountPath = new URL(issuer).pathname;
  provider.use((ctx, next) => {
    ctx.mountPath = mountPath;
    return next();
  });
  registerSignIn(provider, { audience, scope: SCOPE });
  return provider;
}
