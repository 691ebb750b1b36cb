// The field that scanners type into. A keyboard-wedge scanner is a keyboard: it types the code and presses Enter, wherever the focus is.
import { h } from '../ui/dom.js';
import { icon } from '../ui/icons.js';

const editable = 'input, textarea, select, [contenteditable]';
const interactive = `${editable}, a, button, label, summary, dialog, [tabindex="0"]`;

/**
 * @param {{ label: string, take: (code: string) => void, undo?: () => void, signal: AbortSignal }} how
 */
export function scanField({ label, take, undo, signal }) {
  // On a hand-held device the screen's keyboard would cover half of it, and the scanner does not need it.
  const touch = matchMedia('(pointer: coarse)').matches;
  const input = h('input', {
    id: 'scan',
    class: 'scan-input code',
    autocomplete: 'off',
    autocapitalize: 'characters',
    autocorrect: 'off',
    spellcheck: 'false',
    enterkeyhint: 'send',
    inputmode: touch ? 'none' : 'text',
    maxlength: 200,
  });
  const name = h('label', { class: 'unseen', for: 'scan' }, label);
  const keyboard = touch && h('button', { type: 'button', class: 'button quiet', 'aria-pressed': 'false', on: { click: type } }, icon('keyboard'), h('span', { class: 'unseen' }, "The screen's keyboard"));
  const element = h('form', { class: 'scan-field', on: { submit } }, name, h('span', { class: 'scan-mark' }, icon('scan')), input, keyboard);

  document.addEventListener('keydown', bringHere, { signal });
  document.addEventListener('pointerup', comeBack, { signal });
  window.addEventListener('focus', () => document.activeElement === document.body && focus(), { signal });
  return {
    element,
    input,
    focus,
    /** @param {string} text */
    invite(text) {
      name.textContent = text;
      input.placeholder = text;
    },
  };

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const code = input.value;
    input.value = '';
    if (code.trim()) take(code);
  }

  function focus() {
    if (!document.querySelector('dialog[open], [popover]:popover-open')) input.focus({ preventScroll: true });
  }

  /** Whatever a scanner types lands in the field, also when a button has the focus. @param {KeyboardEvent} event */
  function bringHere(event) {
    if (undo && event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && (event.target === input ? input.value === '' : !isEditable(event.target))) {
      event.preventDefault();
      undo();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey && !isEditable(event.target)) {
      focus();
    }
  }

  /** A touch beside everything must not leave the scanner without a field. Links and buttons keep the focus they got by keyboard. @param {PointerEvent} event */
  function comeBack(event) {
    if (!(/** @type {Element} */ (event.target).closest(interactive)) && !getSelection()?.toString()) focus();
  }

  function type() {
    const on = input.inputMode === 'none';
    input.inputMode = on ? 'text' : 'none';
    /** @type {HTMLElement} */ (keyboard).setAttribute('aria-pressed', String(on));
    input.blur();
    focus();
  }
}

/** @param {EventTarget | null} target */
const isEditable = (target) => target instanceof Element && target.closest(editable) !== null && !target.matches('[type=radio], [type=checkbox]');
