/** Two soft tones, made on the spot: no file to load. */

const TONES = [
  { frequency: 784, at: 0 },
  { frequency: 1175, at: 0.13 },
] as const
const LENGTH = 0.55
const LOUDNESS = 0.11
/** Browsers hold sound back until the first click or key; one that may play only later than this is out of date. */
const LATEST = 500

let context: AudioContext | null = null

/** Plays, unless the browser does not let pages sound yet. */
export async function chime(): Promise<void> {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  const asked = Date.now()
  await context.resume()
  if (Date.now() - asked < LATEST) for (const tone of TONES) ring(context, tone)
}

function ring(audio: AudioContext, { frequency, at }: (typeof TONES)[number]): void {
  const start = audio.currentTime + at
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  oscillator.type = 'sine'
  oscillator.frequency.value = frequency
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.012)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + LENGTH)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(start + LENGTH)
}
