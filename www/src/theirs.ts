import { type Client, type Observer, requestNumber } from './client';
import type { Fate } from './fates';
import { createRecipe } from './recipe';
import type { Tenant } from './tenant';

/** The session kept by the copied recipe. It has no trace, so hooks in it tell what it does. */
export function recipeClient(tenant: Tenant): Client {
  let observer: Observer | undefined;
  const tell = (fate: Fate) => (url: string) => {
    const request = requestNumber(url);
    if (request !== undefined) observer?.fate(request, fate);
  };
  const recipe = createRecipe(`${tenant.base}/oidc/token`, tenant.name, {
    sent: tell('sent'),
    rejected: tell('rejected'),
    waiting: tell('waiting'),
    replayed: tell('replayed'),
    refreshing: () => observer?.refreshing(),
    refreshed: () => observer?.refreshed(),
  });

  return {
    get status() {
      return recipe.isLoggedIn() ? 'active' : 'signed-out';
    },
    async signIn(reply) {
      recipe.setTokens(reply);
    },
    async get(path, signal) {
      const response = await recipe.request(tenant.base + path, { signal });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      return response.json();
    },
    observe(next) {
      observer = next;
      return () => {
        observer = undefined;
      };
    },
    forget: recipe.logout,
  };
}
