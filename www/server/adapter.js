/**
 * Where a tenant's authorization server keeps what it remembers: grants and refresh tokens, in memory.
 *
 * oidc-provider's own memory adapter is a cache of 1,000 entries that warns at each provider it is made for. Here a spent
 * token has to be remembered as long as its tenant lives, or its reuse would read "not found" and revoke nothing.
 */

/**
 * @import { Adapter, AdapterPayload } from 'oidc-provider'
 */

/** @returns {(model: string) => Adapter} a factory whose adapters share one store, as oidc-provider asks for */
export function createMemoryAdapter() {
  /** @type {Map<string, AdapterPayload>} */
  const entries = new Map();
  /** @type {Map<string, Set<string>>} the keys that a revoked grant takes along */
  const keysOfGrant = new Map();

  return (model) => {
    const key = (/** @type {string} */ id) => `${model}:${id}`;
    const nothing = async () => undefined;

    return {
      async upsert(id, payload) {
        entries.set(key(id), payload);
        if (!payload.grantId) return;
        const keys = keysOfGrant.get(payload.grantId) ?? new Set();
        keysOfGrant.set(payload.grantId, keys.add(key(id)));
      },

      async find(id) {
        return entries.get(key(id));
      },

      async consume(id) {
        const payload = entries.get(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },

      async destroy(id) {
        entries.delete(key(id));
      },

      async revokeByGrantId(grantId) {
        for (const member of keysOfGrant.get(grantId) ?? []) entries.delete(member);
        keysOfGrant.delete(grantId);
      },

      // Sessions and device codes: there is no interactive login here.
      findByUid: nothing,
      findByUserCode: nothing,
    };
  };
}
