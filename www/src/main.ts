import './styles/base.css';
import './styles/page.css';
import './styles/panel.css';
import './styles/cell.css';
import './styles/waterfall.css';
import './styles/account.css';
import { startAccount } from './account/account';
import { find } from './find';
import { packageClient } from './ours';
import { Panel, type Result } from './panel';
import { readSettings, type Settings } from './settings';
import { Tenant } from './tenant';
import { recipeClient } from './theirs';
import { formatTime } from './waterfall';

const random = crypto.getRandomValues(new Uint32Array(2)).join('').slice(0, 12);
const main = find('main');
const form = find<HTMLFormElement>('#controls');
const summary = find('#summary');
const buttons = [find('#run'), find('#sign-in')];

const panelTemplate = find<HTMLTemplateElement>('#panel-parts');
for (const section of document.querySelectorAll('.panel'))
  section.append(panelTemplate.content.cloneNode(true));

const ourTenant = new Tenant(`page-${random}`);
const recipeTenant = new Tenant(`recipe-${random}`);
const ours = new Panel(find('#ours'), packageClient(ourTenant), ourTenant);
const recipe = new Panel(find('#recipe'), recipeClient(recipeTenant), recipeTenant);
const panels = [ours, recipe];
let working = false;

/** One after the other, so that neither storm slows the other one. */
async function runBoth(settings: Settings): Promise<string> {
  for (const panel of panels) await panel.prepare(settings);
  // On a phone the form fills the screen.
  ours.scrollIntoView();
  const oursResult = await ours.run(settings);
  const recipeResult = await recipe.run(settings);
  const span = Math.max(oursResult.took, recipeResult.took);
  for (const panel of panels) panel.draw(span);
  const summary = (panel: Panel, result: Result) =>
    `${inWords(result, settings)}${panel.client.status.startsWith('signed-out') ? ', and the user is signed out' : ''}.`;
  return `wasm-api-fetch: ${summary(ours, oursResult)} The recipe: ${summary(recipe, recipeResult)}`;
}

function inWords(result: Result, { count }: Settings): string {
  const refreshes = `${result.refreshes} ${result.refreshes === 1 ? 'refresh' : 'refreshes'}`;
  const aborted = result.aborted > 0 ? `, ${result.aborted} aborted` : '';
  return `${result.answered} of ${count} answered${aborted}, ${result.lost} lost, ${refreshes}, ${formatTime(result.took)}`;
}

/** Does one thing at a time. The buttons stay focusable meanwhile: whoever pressed one with a key keeps their place. */
async function busy(what: string, end: 'idle' | 'done', task: () => Promise<string>): Promise<void> {
  if (working) return;
  working = true;
  main.dataset.state = 'running';
  for (const button of buttons) button.setAttribute('aria-disabled', 'true');
  summary.textContent = what;
  try {
    summary.textContent = await task();
  } catch (error) {
    summary.textContent = `That did not work: ${error instanceof Error ? error.message : error}`;
  } finally {
    for (const button of buttons) button.removeAttribute('aria-disabled');
    main.dataset.state = end;
    working = false;
  }
}

function signIn(): Promise<void> {
  return busy('Signing in …', 'idle', async () => {
    await Promise.all(panels.map((panel) => panel.signIn()));
    return 'Signed in, on both sides. Ready for the storm.';
  });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const settings = readSettings(form);
  void busy(`${settings.count} requests …`, 'done', () => runBoth(settings));
});
find('#sign-in').addEventListener('click', signIn);

addEventListener('pagehide', (event) => {
  // A page kept in the back/forward cache may come back, and wants its session then.
  if (event.persisted) return;
  for (const { client, tenant } of panels) {
    client.forget();
    tenant.forget();
  }
});

startAccount(find('#account'), find('#loading'));
for (const panel of panels) panel.reset(readSettings(form).count);
await signIn();
