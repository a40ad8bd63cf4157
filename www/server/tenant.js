/**
 * A tenant is a server of its own: issuer, users' grants, API, switches and books. Each test takes one, so that tests can run
 * side by side in one server process and none sees another's tokens, switches or counts.
 */

import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import { Books } from './books.js';
import { inProcess } from './in-process.js';
import { createProvider, SIGNING_ALGORITHM } from './provider.js';
import { Switches } from './switches.js';
import { Turns } from './turns.js';
import { WaitingRoom } from './waiting.js';

export class Tenant {
  switches = new Switches();
  books = new Books();
  /** Answers that wait for their release. */
  held = { refresh: new WaitingRoom(), api: new WaitingRoom() };
  /** Requests that are never answered. */
  hung = new WaitingRoom();
  /** One presentation of a refresh token after another. */
  turns = new Turns();

  /**
   * @param {string} base the tenant's absolute URL
   * @param {number} generation only access tokens of the current generation are good
   */
  constructor(base, generation) {
    this.generation = generation;
    this.issuer = `${base}/oidc`;
    this.audience = `${base}/api`;
    const provider = createProvider(this.issuer, {
      audience: this.audience,
      accessTtl: () => this.switches.values.accessTtl,
      generation: () => this.generation,
    });
    /** Asks the provider; paths are below the issuer. */
    this.askProvider = inProcess(provider.callback());
    this.jwks = createRemoteJWKSet(new URL(`${this.issuer}/jwks`), {
      [customFetch]: (url) => this.askProvider(url.slice(this.issuer.length)),
    });
  }

  /** Every access token given so far is rejected from now on. Their `iat` could not tell: it counts whole seconds. */
  expire() {
    this.generation += 1;
  }

  /**
   * @param {string} token
   * @returns {Promise<{ user: string, generation: number } | undefined>} nothing where the token is not good
   */
  async verify(token) {
    try {
      const { payload } = await jwtVerify(token, this.jwks, {
        issuer: this.issuer,
        audience: this.audience,
        typ: 'at+jwt',
        algorithms: [SIGNING_ALGORITHM],
      });
      if (payload.gen !== this.generation) return undefined;
      return { user: payload.sub ?? '', generation: this.generation };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  report() {
    const { refresh, api } = this.held;
    return { ...this.books.toJSON(), held: { refresh: refresh.size, api: api.size } };
  }

  /** Lets everybody go who still waits here. */
  close() {
    this.held.refresh.release();
    this.held.api.release();
    this.hung.release();
  }
}

/** Tenants by name; one comes into being when it is first asked for. */
export class Tenants {
  /** @type {Map<string, Tenant>} */
  #tenants = new Map();
  /** @type {Map<string, number>} where a forgotten tenant goes on: its name and its key have not changed */
  #generations = new Map();

  /** @param {string} origin */
  constructor(origin) {
    this.origin = origin;
  }

  /** @param {string} name */
  get(name) {
    let tenant = this.#tenants.get(name);
    if (!tenant) {
      tenant = new Tenant(`${this.origin}/t/${name}`, this.#generations.get(name) ?? 1);
      this.#tenants.set(name, tenant);
    }
    return tenant;
  }

  /** @param {string} name */
  forget(name) {
    const tenant = this.#tenants.get(name);
    if (!tenant) return false;
    tenant.close();
    this.#generations.set(name, tenant.generation + 1);
    return this.#tenants.delete(name);
  }
}
