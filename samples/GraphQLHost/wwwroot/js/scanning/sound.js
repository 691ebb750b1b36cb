// One sound for each outcome, made by the browser: told apart without looking, and without a file to load.
import { Observable } from '../ui/observable.js';

/** @typedef {'taken' | 'duplicate' | 'refused' | 'kept' | 'full' | 'ready'} Tone */

/** Frequency in hertz, beginning and length in seconds. @type {Record<Tone, { wave: OscillatorType, notes: [number, number, number][] }>} */
const tunes = {
  taken: { wave: 'sine', notes: [[1175, 0, 0.09]] },
  ready: { wave: 'sine', notes: [[784, 0, 0.07]] },
  duplicate: { wave: 'triangle', notes: [[523, 0, 0.09], [523, 0.14, 0.09]] },
  refused: { wave: 'sawtooth', notes: [[165, 0, 0.38]] },
  kept: { wave: 'sine', notes: [[659, 0, 0.06], [494, 0.07, 0.1]] },
  full: { wave: 'sine', notes: [[784, 0, 0.1], [988, 0.1, 0.1], [1175, 0.2, 0.1], [1568, 0.3, 0.22]] },
};

const shakes = { refused: [180, 60, 180], duplicate: [60, 60, 60] };
const place = 'tracetrack.sound';

/** @type {AudioContext | undefined} */ let audio;

export const isOn = new Observable(stored());
isOn.listen((on) => {
  try {
    localStorage.setItem(place, on ? 'on' : 'off');
  } catch {
    // It holds until the page is closed.
  }
});

/** @param {Tone} tone */
export function play(tone) {
  if (!isOn.value) return;
  navigator.vibrate?.(shakes[/** @type {keyof typeof shakes} */ (tone)] ?? 30);
  audio ??= new AudioContext();
  void audio.resume();
  const { wave, notes } = tunes[tone];
  for (const [frequency, begin, length] of notes) sound(audio, wave, frequency, audio.currentTime + begin, length);
}

/** @param {AudioContext} audio @param {OscillatorType} wave @param {number} frequency @param {number} at @param {number} length */
function sound(audio, wave, frequency, at, length) {
  const source = new OscillatorNode(audio, { type: wave, frequency });
  const volume = new GainNode(audio, { gain: 0 });
  const loud = wave === 'sawtooth' ? 0.14 : 0.22;
  // In and out in a few milliseconds, since a tone that is cut off clicks.
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loud, at + 0.008);
  volume.gain.setValueAtTime(loud, at + length - 0.02);
  volume.gain.linearRampToValueAtTime(0, at + length);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + length);
}

function stored() {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}
