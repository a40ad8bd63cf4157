/** Called at each step, so that the page can draw it; the recipe itself does not depend on it. */
export interface RecipeHooks {
  sent(url: string): void;
  rejected(url: string): void;
  waiting(url: string): void;
  replayed(url: string): void;
  refreshing(): void;
  refreshed(): void;
}

interface Waiter {
  resolve(token: string): void;
  reject(reason: unknown): void;
}

/**
 * Token refresh as it is copied from app to app, into fetch wrappers and axios interceptors alike: a flag that says
 * that a refresh is under way, and an array of those who wait for it.
 */
export function createRecipe(tokenURL: string, storagePrefix: string, hooks: RecipeHooks) {
  const accessKey = `${storagePrefix}.access_token`;
  const refreshKey = `${storagePrefix}.refresh_token`;

  let isRefreshing = false;
  let failedQueue: Waiter[] = [];

  function processQueue(error: unknown, token: string): void {
    for (const waiter of failedQueue) {
      if (error) waiter.reject(error);
      else waiter.resolve(token);
    }
    failedQueue = [];
  }

  function setTokens(tokens: { access_token: string; refresh_token: string }): void {
    localStorage.setItem(accessKey, tokens.access_token);
    localStorage.setItem(refreshKey, tokens.refresh_token);
  }

  function logout(): void {
    localStorage.removeItem(accessKey);
    localStorage.removeItem(refreshKey);
  }

  async function refreshToken(): Promise<string> {
    const response = await fetch(tokenURL, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: localStorage.getItem(refreshKey) ?? '',
        client_id: 'app',
      }),
    });
    if (!response.ok) throw new Error(`Token refresh failed: ${response.status}`);
    const tokens = await response.json();
    setTokens(tokens);
    return tokens.access_token;
  }

  function send(url: string, init: RequestInit, token: string | null): Promise<Response> {
    return fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
  }

  async function request(url: string, init: RequestInit = {}): Promise<Response> {
    hooks.sent(url);
    const response = await send(url, init, localStorage.getItem(accessKey));
    if (response.status !== 401) return response;
    hooks.rejected(url);

    if (isRefreshing) {
      hooks.waiting(url);
      const token = await new Promise<string>((resolve, reject) => {
        failedQueue.push({ resolve, reject });
      });
      hooks.replayed(url);
      return send(url, init, token);
    }

    isRefreshing = true;
    hooks.refreshing();
    try {
      const token = await refreshToken();
      processQueue(null, token);
      hooks.replayed(url);
      return send(url, init, token);
    } catch (error) {
      processQueue(error, '');
      logout();
      throw error;
    } finally {
      isRefreshing = false;
      hooks.refreshed();
    }
  }

  return { request, setTokens, logout, isLoggedIn: () => localStorage.getItem(refreshKey) !== null };
}
