/** How a database that is being copied into calls itself until it is whole: no server starts on it. */

const MARK = 'unfinished copy of '

/** @param epoch of the database that is copied */
export const unfinished = (epoch: string): string => `${MARK}${epoch}`

export const isUnfinished = (epoch: string): boolean => epoch.startsWith(MARK)

/** What a demo calls itself that is only made to be copied. */
export const DEMO = 'a demo'
