import { askedFor } from '../shared/dom.ts';
import { makeTabs } from './make-tabs.ts';

/** Headings with what is below each become tabs. */
for (const container of askedFor('tabs')) {
  const headings = [...container.querySelectorAll<HTMLElement>(':scope > h3')];
  const panels = headings.map((heading) => {
    const panel = document.createElement('div');
    let next = heading.nextElementSibling;
    while (next && next.tagName !== 'H3') {
      const following = next.nextElementSibling;
      panel.append(next);
      next = following;
    }
    return { title: heading.textContent, panel };
  });
  for (const heading of headings) heading.remove();
  container.prepend(makeTabs(panels).list);
  for (const { panel } of panels) container.append(panel);
}
