type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const MOST = 200_000;

const named = (form: HTMLFormElement): Control[] =>
  [...form.querySelectorAll<Control>('[name]')].filter(
    (control) => !['hidden', 'file', 'submit'].includes(control.type) && control.tagName !== 'BUTTON',
  );

/** What is filled in outlives a wrong click: it stays in this tab until it is closed. */
export function keepDraft(form: HTMLFormElement, key: string): void {
  const state = named(form).map((control) =>
    control instanceof HTMLInputElement && /checkbox|radio/.test(control.type)
      ? control.checked
      : control.value,
  );
  const text = JSON.stringify(state);
  if (text.length > MOST) return;
  sessionStorage.setItem(key, text);
}

export function restoreDraft(form: HTMLFormElement, key: string): void {
  const text = sessionStorage.getItem(key);
  if (text === null) return;
  const state = JSON.parse(text) as readonly (string | boolean)[];
  const controls = named(form);
  // Another version of the form: what is kept fits no longer.
  if (state.length !== controls.length) return;
  for (const [index, control] of controls.entries()) {
    const value = state[index];
    if (typeof value === 'boolean') (control as HTMLInputElement).checked = value;
    else if (value !== undefined) control.value = value;
  }
}
