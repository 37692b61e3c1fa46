// Sets the appearance before the first paint. A file of its own, because the content policy allows no inline script.
// src/ui/theme.ts writes the same key and keeps the attribute up to date afterwards.
;(() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('pms-appearance') ?? 'system'
  } catch {
    // Storage is switched off: follow the system.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.querySelector('meta[name="theme-color"]').content = dark ? '#151518' : '#ffffff'
})()
