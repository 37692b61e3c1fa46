/** Light, dark, or as the system is; and whether letters act as keys. On this device. */
import { useId } from 'react'
import { setLetterKeys, useLetterKeys } from '../../ui/letter-keys.ts'
import { Switch } from '../../ui/switch.tsx'
import { type Appearance, setAppearance, useAppearance } from '../../ui/theme.ts'
import { Section, SettingRow, SettingRows, SettingsBody } from './section.tsx'
import { SettingsHead } from './settings-head.tsx'

const OPTIONS: readonly { value: Appearance; label: string; hint: string }[] = [
  { value: 'light', label: 'Light', hint: 'Dark on white' },
  { value: 'dark', label: 'Dark', hint: 'Easy on the eyes at night' },
  { value: 'system', label: 'As the system', hint: 'Changes when your device does' },
]

export function AppearanceSettings() {
  const appearance = useAppearance()
  const name = useId()
  return (
    <>
      <SettingsHead current="Appearance" />
      <SettingsBody>
        <Section title="Colours" lead="For this browser only.">
          <fieldset className="grid gap-3 sm:grid-cols-3">
            <legend className="sr-only">Colours</legend>
            {OPTIONS.map(({ value, label, hint }) => (
              <label
                key={value}
                className="relative flex cursor-pointer flex-col gap-2.5 rounded-lg border border-line p-3 transition-colors hover:border-line-strong has-checked:border-accent has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-sm:flex-row max-sm:items-center"
              >
                <input
                  type="radio"
                  name={name}
                  value={value}
                  checked={value === appearance}
                  onChange={() => setAppearance(value)}
                  className="absolute inset-0 cursor-pointer opacity-0"
                />
                <Picture of={value} />
                <span>
                  <span className="block text-sm font-medium">{label}</span>
                  <span className="block text-sm text-muted">{hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <p className="mt-4 text-sm text-muted">
            Motion follows the setting of your system: where it asks for less, nothing moves.
          </p>
        </Section>
        <Keys />
      </SettingsBody>
    </>
  )
}

function Keys() {
  const letters = useLetterKeys()
  return (
    <Section title="Keyboard" lead="For this browser only.">
      <SettingRows>
        <SettingRow
          name="Letters and signs act as keys"
          hint="J and K go through lists, G and a letter opens a page. Switch them off if you speak to your computer, or press keys unawares. Enter, Escape, Delete and the arrows stay."
        >
          <Switch label="Letters and signs act as keys" checked={letters} onChange={setLetterKeys} />
        </SettingRow>
      </SettingRows>
    </Section>
  )
}

const LIGHT = { surface: '#ffffff', sunken: '#f1f1f4', line: '#d2d2d9', accent: '#3858c9' }
const DARK = { surface: '#151518', sunken: '#0f0f12', line: '#3a3a42', accent: '#4f6ee0' }

/** A page in these colours, from afar. */
function Picture({ of }: { of: Appearance }) {
  return (
    <svg
      viewBox="0 0 160 90"
      aria-hidden="true"
      className="w-full rounded-md border border-line max-sm:w-28 max-sm:shrink-0"
    >
      <Half {...(of === 'dark' ? DARK : LIGHT)} />
      {of === 'system' && (
        <g clipPath="inset(0 0 0 80px)">
          <Half {...DARK} />
        </g>
      )}
    </svg>
  )
}

const Half = ({ surface, sunken, line, accent }: typeof LIGHT) => (
  <>
    <rect width="160" height="90" fill={surface} />
    <rect width="40" height="90" fill={sunken} />
    <rect x="8" y="10" width="10" height="10" rx="3" fill={accent} />
    {[30, 42, 54].map(y => (
      <rect key={y} x="8" y={y} width="24" height="4" rx="2" fill={line} />
    ))}
    <rect x="52" y="12" width="40" height="6" rx="3" fill={line} />
    {[32, 46, 60].map(y => (
      <rect key={y} x="52" y={y} width={y === 46 ? 76 : 92} height="4" rx="2" fill={line} />
    ))}
    <rect x="122" y="10" width="26" height="10" rx="3" fill={accent} />
  </>
)
