/** Who may know whom, as data. The check in check.ts knows no name of a package; here stands nothing else. */

export type Rules = {
  /** Each workspace and the workspaces whose files it may import. A workspace that is not listed is a failure. */
  readonly workspaces: Readonly<Record<string, readonly string[]>>
  /** Folders of vertical features: none imports another one, and only some files outside import any. */
  readonly features: readonly FeatureRule[]
  /** Names of a module that only some files may use. */
  readonly names: readonly NameRule[]
  /** Words of the domain that do not occur in these folders, tests left out. */
  readonly words: { readonly folder: string; readonly forbidden: readonly string[] }
}

/** Paths ending in `/` are folders. What is in `closedTo` may import no feature, even if it lies in `openTo`. */
export type FeatureRule = {
  readonly folder: string
  readonly openTo: readonly string[]
  readonly closedTo: readonly string[]
}

/** `files` are names of files, or of folders if they end in `/`; tests may use every name. */
export type NameRule = {
  readonly module: string
  readonly names: readonly string[]
  readonly files: readonly string[]
}

const server = 'apps/server/src/'
const web = 'apps/web/src/'

export const RULES: Rules = {
  workspaces: {
    'packages/protocol': [],
    'tests/services': [],
    'packages/notifier': ['packages/protocol', 'tests/services'],
    'packages/client': ['packages/protocol'],
    'packages/react': ['packages/client', 'packages/protocol'],
    'apps/contract': ['packages/protocol'],
    'apps/server': ['apps/contract', 'packages/notifier', 'packages/protocol', 'tests/services'],
    'apps/web': ['apps/contract', 'packages/client', 'packages/react', 'packages/protocol'],
  },
  features: [
    {
      folder: `${server}features/`,
      openTo: [
        `${server}app.ts`,
        // What app.ts serves: the features, each handed what it needs of others.
        `${server}compose.ts`,
        // Puts the tables and migrations of all features together, as app.ts does their routes.
        `${server}database.ts`,
        `${server}testing/`,
        `${server}cli/`,
        `${server}demo/`,
        'apps/server/test/',
        'tests/',
      ],
      closedTo: [],
    },
    {
      folder: `${web}features/`,
      openTo: [web, 'apps/web/test/', 'tests/'],
      closedTo: [`${web}ui/`, `${web}shared/`],
    },
  ],
  names: [
    {
      module: '@pms/notifier',
      names: ['notify', 'resolve'],
      files: ['actions.ts', 'actions/', 'requests.ts'],
    },
  ],
  words: { folder: 'packages/', forbidden: ['goal', 'initiative', 'review', 'appraisal'] },
}
