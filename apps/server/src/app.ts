/**
 * The one place where parts are put together. What a feature needs of another is handed to it in compose.ts; no
 * feature imports another.
 */
import { createHub, createInboxes } from '@pms/notifier'
import type { DestinationStream } from 'pino'
import type { ObjectSight } from './attachments/attachments.ts'
import { attachmentCleanUp } from './attachments/clean-up.ts'
import { attachmentFiles } from './attachments/files.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { createAttempts } from './auth/attempts.ts'
import { createAuth } from './auth/auth.ts'
import { callerOf, requireCaller } from './auth/caller.ts'
import { createRecheck } from './auth/recheck.ts'
import { authRoutes } from './auth/routes.ts'
import { loadSecret } from './auth/secret.ts'
import { sessionRoutes } from './auth/sessions-list-routes.ts'
import { dayAt } from './calendar.ts'
import { compose } from './compose.ts'
import type { Config } from './config.ts'
import { openAppDatabase } from './database.ts'
import { announcementApprovals } from './features/announcements/approvals.ts'
import { announcementNotifications } from './features/announcements/notifications.ts'
import { announcementRoutes } from './features/announcements/routes.ts'
import { announcementsWaiting } from './features/announcements/waiting.ts'
import { approvalRoutes } from './features/approvals/routes.ts'
import { goalApprovals } from './features/goals/approvals.ts'
import { freezeRoutes } from './features/goals/freeze-routes.ts'
import { goalNotifications } from './features/goals/notifications.ts'
import { goalRoutes } from './features/goals/routes.ts'
import { raiseActions } from './features/ingest/actions.ts'
import { raiseRoutes, typeRoutes } from './features/ingest/routes.ts'
import { isRegistered, typeActions } from './features/ingest/types.ts'
import { initiativeApprovals } from './features/initiatives/approvals.ts'
import { initiativeNotifications } from './features/initiatives/notifications.ts'
import { canSeeInitiative } from './features/initiatives/relation.ts'
import { initiativeRoutes } from './features/initiatives/routes.ts'
import { keyActions } from './features/keys/actions.ts'
import { keyCallerOf, keyOf, requireKey } from './features/keys/calling.ts'
import { keyRoutes } from './features/keys/routes.ts'
import { notificationRoutes } from './features/notifications/routes.ts'
import { delegationRoutes } from './features/people/delegations/routes.ts'
import { userNotifications } from './features/people/notifications.ts'
import { organisationOf } from './features/people/organisation.ts'
import { permissionsOf } from './features/people/permissions.ts'
import { personalDataRoutes } from './features/people/personal-data-routes.ts'
import { findUser, hasTeam, normalEmail } from './features/people/queries.ts'
import { peopleRoutes } from './features/people/routes.ts'
import { tellOfAccount } from './features/people/telling.ts'
import { unitActions } from './features/people/units/actions.ts'
import { unitRoutes } from './features/people/units/routes.ts'
import { preferenceActions } from './features/preferences/actions.ts'
import { preferenceRoutes } from './features/preferences/routes.ts'
import { builtInTypes } from './features/preferences/types.ts'
import { reviewApprovals } from './features/reviews/approvals.ts'
import { reviewNotifications } from './features/reviews/notifications.ts'
import { reviewResultsPart } from './features/reviews/personal-data.ts'
import { reviewRoutes } from './features/reviews/routes.ts'
import { reviewsAbout } from './features/reviews/sight.ts'
import { describeApi } from './http/docs/describe.ts'
import { healthRoutes } from './http/health.ts'
import { createLogger } from './http/logging.ts'
import { answerNotFound } from './http/not-found.ts'
import { createOriginCheck } from './http/origins.ts'
import { createProxies } from './http/proxies.ts'
import { createHttp } from './http/server.ts'
import { watchTraffic } from './http/traffic.ts'
import { endUnusedConnections } from './http/unused.ts'
import { serveWeb } from './http/web.ts'
import { idempotencyCleanUp } from './idempotency/clean-up.ts'
import { acceptIdempotencyKeys, createOnce } from './idempotency/idempotency.ts'
import { joining } from './idempotency/joining.ts'
import { infoRoutes } from './info.ts'
import { inboxRetentionJobs } from './jobs/inbox-retention.ts'
import { retentionJob } from './jobs/retention.ts'
import { createScheduler } from './jobs/scheduler.ts'
import { personalParts } from './personal-data/parts.ts'
import { busOf, openShared } from './shared.ts'
import { serveSocket, socketAuthenticate } from './socket.ts'
import { callerRoute } from './system/caller-route.ts'
import { timed } from './system/commits.ts'
import { createJobLog } from './system/job-log.ts'
import { connectionCleanUp, connectionId, createJournal } from './system/journal/journal.ts'
import { traceRoutes } from './system/journal/routes.ts'
import { createTraces } from './system/journal/traces.ts'
import { createMetrics } from './system/metrics.ts'
import { metricsRoutes, timeRequests } from './system/metrics-routes.ts'
import { createNeighbours } from './system/neighbours.ts'
import { systemRoutes } from './system/routes.ts'
import { nodeOfOurs, watchSystem } from './system/system.ts'

/** What features are told of people where no server runs. */
const withoutServer = organisationOf(() => dayAt(new Date(), 'UTC'))

export { withoutServer as organisation }

/** Every notification there is: one line for each feature. docs/notifications.md is made from it. */
export const allNotifications = [
  ...goalNotifications,
  ...initiativeNotifications,
  ...reviewNotifications,
  ...userNotifications,
  ...announcementNotifications,
]

const UNHEARD =
  'Other servers work on this database, and REDIS_URL is not set: what they do shows here up to half a minute late. ' +
  'Set REDIS_URL, the same on all of them'

export interface AppOptions {
  clock?: () => Date
  /** Where the log goes; standard output if not given. */
  logStream?: DestinationStream
}

export type App = Awaited<ReturnType<typeof buildApp>>

/** Everything but listening: `app.http.listen()` does that. */
export async function buildApp(config: Config, { clock = () => new Date(), logStream }: AppOptions = {}) {
  const proxies = createProxies(config.trustedProxies)
  const http = await createHttp({
    logger: createLogger(config.logLevel, logStream),
    allowedOrigins: config.allowedOrigins,
    proxies,
  })
  const traffic = watchTraffic(http.server)
  const metrics = createMetrics()
  // With Redis others are heard, and an SQLite file has one server.
  const neighbours =
    config.redisUrl === null && config.databaseUrl !== null
      ? createNeighbours(names => http.log.warn({ servers: names }, UNHEARD))
      : null
  const isAlone = () => neighbours?.isAlone() ?? true
  const opened = await openAppDatabase(config, {
    bus: busOf({ redisUrl: config.redisUrl, isAlone, log: http.log }),
    clock,
    onError: error => http.log.error({ err: error }, 'database'),
  })
  const database = joining(timed(opened, metrics.observeCommit))
  const originAllowed = createOriginCheck(config.allowedOrigins)
  const { limits, presence, ...shared } = await openShared(config.redisUrl, database)
  const auth = createAuth({
    database,
    secret: loadSecret(config.jwtSecret, config.dataDir),
    foreign: config.foreignTokens,
    clock,
    directory: {
      permissionsOf,
      normalEmail,
      findUser,
      hasTeam,
      tellOfAccount: (tx, id) => tellOfAccount(tx, id, []),
    },
    attempts: createAttempts(limits, config.limits.loginsPerMinute),
  })

  const inboxes = createInboxes(database)
  const node = nodeOfOurs(config.port, clock())
  const journal = createJournal({
    database,
    node,
    clock,
    log: http.log,
  })
  const hub = createHub({
    bus: database.bus,
    inboxes,
    authenticate: socketAuthenticate(auth),
    recheck: createRecheck(database, clock),
    ...(presence && { presence }),
    journal,
    limits: config.limits,
    clock: { now: () => clock().getTime() },
    onError(error, of) {
      const whose = of && { connection: connectionId(node, of.number), user_id: of.userId }
      http.log.error({ ...whose, err: error }, 'socket')
    },
  })
  const {
    today,
    organisation,
    jobs: featureJobs,
    ...features
  } = compose({
    database,
    clock,
    timeZone: config.timeZone,
    nudge: job => jobs.nudge(job),
    others: traffic,
  })
  const files = attachmentFiles(config.attachmentDir)
  // Who sees a thing sees its files: one line for each type of thing that has some.
  const attachmentSight: ObjectSight = {
    initiative: (db, caller, id) => canSeeInitiative(db, organisation, caller, id),
  }

  const once = createOnce({ database, callerId: request => keyOf(request)?.id ?? callerOf(request).id })

  const knownTypes = builtInTypes(allNotifications)
  const builtIn = knownTypes.map(({ type }) => type)

  const jobLog = createJobLog(clock)
  const { report, sampler } = watchSystem({
    database,
    hub,
    node,
    journal,
    metrics,
    jobLog,
    standings: () => jobs.standings(),
    waiting: () => announcementsWaiting(database),
    neighbours,
    present: presence && hub.totals,
    clock,
    onError: error => http.log.error({ err: error }, 'system'),
  })

  const traces = createTraces({
    database,
    node,
    journal,
    concealedFrom: reviewsAbout,
    hasOthers: presence !== null,
    clock,
  })

  timeRequests(http, metrics)
  const description = await describeApi(http)
  acceptIdempotencyKeys(http, once)
  answerNotFound(http, await serveWeb(http))
  let isDraining = false
  healthRoutes(http, {
    database,
    bus: database.bus,
    isDraining: () => isDraining,
    folders: [config.dataDir, config.attachmentDir],
  })
  metricsRoutes(http, { metrics, token: config.metricsToken })
  await http.register(async api => {
    requireCaller(api, auth.authenticate, limits.steady('rest', config.limits.restPerSecond))
    infoRoutes(api, {
      database,
      timeZone: config.timeZone,
      attachmentMaxBytes: config.attachmentMaxBytes,
    })
    authRoutes(api, { auth, originAllowed })
    sessionRoutes(api, { database, clock })
    peopleRoutes(api, { database, today, actions: features.people })
    personalDataRoutes(api, {
      database,
      clock,
      parts: [...personalParts, reviewResultsPart(organisation, today)],
    })
    unitRoutes(api, { database, actions: unitActions(database) })
    delegationRoutes(api, { database, today, actions: features.delegations })
    auditRoutes(api, { database, timeZone: config.timeZone })
    systemRoutes(api, { report })
    traceRoutes(api, { database, traces })
    callerRoute(api, proxies)
    attachmentRoutes(api, {
      database,
      once,
      files,
      maxBytes: config.attachmentMaxBytes,
      sight: attachmentSight,
    })
    goalRoutes(api, { database, people: organisation, actions: features.goals })
    initiativeRoutes(api, { ...features.initiativeParts, actions: features.initiatives })
    freezeRoutes(api, { database, actions: features.freezes })
    reviewRoutes(api, {
      database,
      people: organisation,
      today,
      cycles: features.cycles,
      reviews: features.reviews,
    })
    announcementRoutes(api, {
      database,
      publishing: features.publishing,
      acknowledge: features.acknowledge,
    })
    // What awaits somebody: each feature tells of its own.
    approvalRoutes(api, {
      database,
      sources: [
        goalApprovals(organisation, features.goals),
        announcementApprovals(features.acknowledge),
        initiativeApprovals(organisation, features.initiatives),
        reviewApprovals(organisation, today),
      ],
    })
    notificationRoutes(api, {
      inboxes,
      hub,
      issueTicket: auth.issueTicket,
      types: builtIn,
      isRegistered: type => isRegistered(database.db, type),
    })
    preferenceRoutes(api, {
      database,
      builtIn: knownTypes,
      actions: preferenceActions(database, knownTypes),
    })
    keyRoutes(api, {
      database,
      clock,
      actions: keyActions(database, tx => organisation.holdersOf(tx.db, 'keys.manage')),
    })
    typeRoutes(api, { database, actions: typeActions(database, builtIn) })
  })
  await http.register(async api => {
    requireKey(api, { database, clock, limit: limits.steady('keys', config.limits.restPerSecond) })
    raiseRoutes(api, { actions: raiseActions({ database, builtIn, normalEmail }), sourceOf: keyCallerOf })
  })
  const { upgradesPerSecond } = config.limits
  serveSocket(http, {
    hub,
    originAllowed,
    proxies,
    upgradesPerSecond,
    mayUpgrade: limits.second('upgrades', upgradesPerSecond),
  })
  endUnusedConnections(http, traffic, () => isDraining)
  await http.ready()
  const jobs = createScheduler({
    database,
    jobs: [
      retentionJob(database),
      ...inboxRetentionJobs({
        database,
        retentionDays: config.retentionDays,
        inboxLimit: config.inboxLimit,
        log: (figures, text) => http.log.info(figures, text),
      }),
      attachmentCleanUp(database, files),
      idempotencyCleanUp(database),
      connectionCleanUp(database),
      ...featureJobs,
    ],
    timeZone: config.timeZone,
    clock,
    onError: (error, job) => http.log.error({ err: error, job }, 'job'),
    onRun: jobLog.ended,
  })

  return {
    config,
    database,
    http,
    /** What it says of itself. */
    description,
    auth,
    /** Nothing runs by the clock before `jobs.start()`. */
    jobs,
    /** Nothing is written down of this process before `sampler.start()`. */
    sampler,
    /** From now on `/readyz` says that nobody is to be sent here; all else goes on. */
    drain(): void {
      isDraining = true
    },
    /** Lets what was begun come to its end, then lets go of everything. */
    async close(): Promise<void> {
      isDraining = true
      await Promise.all([jobs.stop(), http.close()])
      // Its last word is that nobody is connected any more.
      await sampler.stop()
      await shared.close()
      await database.close()
    },
  }
}
