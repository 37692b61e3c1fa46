/**
 * The name of an operation, as generated clients call it: its method and its path, `PUT /api/goals/{id}/approve` is
 * putGoalApprove. One of many is named in the singular.
 */

export function operationIdOf(method: string, path: string): string {
  const parts = path.replace(/^\/api\//, '').split('/')
  const words = parts.flatMap((part, at) => {
    if (part.startsWith('{')) return []
    return (parts[at + 1]?.startsWith('{') ? singular(part) : part).split(/[-.]/)
  })
  return method + words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.replace(/s$/, '')
}
