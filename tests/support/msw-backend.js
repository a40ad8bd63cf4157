/** An app's own backend as a double by MSW: an API that wants a token, and a token endpoint with rotation. For Node and for a page. */

/** @import { http as Http, HttpResponse as Response_ } from 'msw' */

/**
 * @param {{ http: typeof Http, HttpResponse: typeof Response_ }} msw
 * @param {string} origin of API and token endpoint
 */
export function makeBackend({ http, HttpResponse }, origin) {
  /** @type {{ refreshes: number, spent: number, hits: string[] }} */
  const books = { refreshes: 0, spent: 0, hits: [] };
  let generation = 1;
  /** Whether the current access token is still good. */
  let isGood = true;
  /** @type {'rotates' | 'refuses' | 'fails'} */
  let manner = 'rotates';
  /** @type {(() => void)[] | undefined} the answers that wait for the test, where it holds them */
  let held;

  const hold = async () => {
    if (held) await new Promise((resolve) => held?.push(() => resolve(undefined)));
  };
  const isLetIn = (/** @type {Request} */ request) =>
    isGood && request.headers.get('authorization') === `Bearer access-${generation}`;
  const denied = () => new HttpResponse(null, { status: 401 });
  const tokens = () => ({
    access_token: `access-${generation}`,
    refresh_token: `refresh-${generation}`,
    expires_in: 3600,
  });

  const handlers = [
    http.post(`${origin}/token`, async ({ request }) => {
      books.refreshes += 1;
      const form = new URLSearchParams(await request.text());
      await hold();
      if (manner === 'fails') return HttpResponse.error();
      const isSpent = form.get('refresh_token') !== `refresh-${generation}`;
      books.spent += Number(isSpent);
      if (manner === 'refuses' || isSpent)
        return HttpResponse.json({ error: 'invalid_grant' }, { status: 400 });
      generation += 1;
      isGood = true;
      return HttpResponse.json(tokens());
    }),
    http.get(`${origin}/items/:id`, ({ request, params }) => {
      books.hits.push(request.url);
      return isLetIn(request) ? HttpResponse.json({ id: params.id }) : denied();
    }),
    http.get(`${origin}/held/:id`, async ({ request, params }) => {
      const isIn = isLetIn(request);
      await hold();
      return isIn ? HttpResponse.json({ id: params.id }) : denied();
    }),
    http.get(`${origin}/broken`, () => HttpResponse.error()),
    http.post(`${origin}/text`, async ({ request }) => {
      const text = await request.text();
      const type = request.headers.get('content-type');
      return isLetIn(request) ? HttpResponse.json({ text, type }) : denied();
    }),
    http.post(`${origin}/form`, async ({ request }) => {
      const form = await request.formData();
      const file = form.get('file');
      const content = typeof file === 'object' ? await file?.text() : undefined;
      return isLetIn(request) ? HttpResponse.json({ name: form.get('name'), content }) : denied();
    }),
  ];

  return {
    handlers,
    books,
    tokens,
    expire: () => {
      isGood = false;
    },
    behave: (/** @type {typeof manner} */ how) => {
      manner = how;
    },
    /** From now on answers wait. */
    hold: () => {
      held ??= [];
    },
    held: () => held?.length ?? 0,
    release: () => {
      const waiting = held ?? [];
      held = undefined;
      for (const go of waiting) go();
    },
  };
}
