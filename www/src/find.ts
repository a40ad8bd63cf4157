/** The one that has to be there. */
export function find<T extends HTMLElement>(selector: string, root: ParentNode = document): T {
  const node = root.querySelector<T>(selector);
  if (!node) throw new Error(`the page has no ${selector}`);
  return node;
}
