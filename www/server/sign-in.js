/**
 * A grant type that signs a user in by name alone: there is no login page here, and every name is welcome.
 * It does what the authorization code grant does after the login page; all tokens are made by oidc-provider.
 */

import { buildTokenResponse, resolveAndApplyResource } from 'oidc-provider/lib/helpers/grants.js';

/**
 * @import Provider from 'oidc-provider'
 * @import { TokenEndpointGrantContext } from 'oidc-provider'
 */

/** The value of `grant_type`. */
export const SIGN_IN = 'urn:wasm-api-fetch:grant-type:sign-in';

/**
 * @param {Provider} provider
 * @param {{ audience: string, scope: string }} access what the tokens are good for
 */
export function registerSignIn(provider, { audience, scope }) {
  /** @param {TokenEndpointGrantContext<{ username?: string }>} ctx */
  const signIn = async (ctx) => {
    const { client, params } = ctx.oidc;
    const accountId = params.username ?? '';

    const grant = new provider.Grant({ accountId, clientId: client.clientId });
    grant.addResourceScope(audience, scope);
    const grantId = await grant.save();
    ctx.oidc.entity('Grant', grant);

    const shared = { accountId, client, grantId, gty: SIGN_IN };
    const refreshToken = new provider.RefreshToken({ ...shared, resource: audience, rotations: 0, scope });
    ctx.oidc.entity('RefreshToken', refreshToken);

    const accessToken = new provider.AccessToken(shared);
    await resolveAndApplyResource(provider, ctx, refreshToken, accessToken, grant);
    ctx.oidc.entity('AccessToken', accessToken);

    ctx.body = buildTokenResponse(provider, {
      accessToken: await accessToken.save(),
      expiresIn: accessToken.expiration,
      refreshToken: await refreshToken.save(),
      scope: accessToken.scope,
      tokenType: accessToken.tokenType,
    });
  };
  provider.registerGrantType(SIGN_IN, signIn, ['username']);
}
