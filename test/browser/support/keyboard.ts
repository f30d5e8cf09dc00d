import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** Elements that may lie between the focus and where it is to go. */
const MOST = 150;

/** Presses Tab until an element that is seen has the focus, as somebody without a pointer does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const passed: string[] = [];
  for (let pressed = 0; pressed < MOST; pressed++) {
    await page.keyboard.press('Tab');
    const isThere = await target.evaluateAll((all) => all.includes(document.activeElement as HTMLElement));
    if (isThere) {
      await assertSeen(page);
      return;
    }
    passed.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 60) ?? ''));
  }
  assert.fail(`Tab does not lead to ${String(target)}, but along ${passed.join(', ')}`);
}

/** What has the focus is in the window, is under nothing else, and has an outline. */
async function assertSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const { left, right, top, bottom } = focused.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const x = Math.max(0, left) + (Math.min(innerWidth, right) - Math.max(0, left)) / 2;
    const y = Math.max(0, top) + (Math.min(innerHeight, bottom) - Math.max(0, top)) / 2;
    const onTop = document.elementFromPoint(x, y);
    return {
      element: focused.outerHTML.slice(0, 100),
      isInWindow: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
      isOnTop: onTop !== null && (focused.contains(onTop) || onTop.contains(focused)),
      hasOutline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1,
    };
  });
  assert.deepEqual(seen, { element: seen.element, isInWindow: true, isOnTop: true, hasOutline: true });
}
