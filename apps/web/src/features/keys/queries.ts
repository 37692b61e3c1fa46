/** Reading keys and the types that other systems registered. */
import type { ApiKey, NotificationType } from '@pms/contract'
import { pagedQuery } from '../../api/paged.ts'

const PAGE = 30

export const keysQuery = pagedQuery<ApiKey>(['api_key', 'list'], '/api/api-keys', {}, PAGE)

export const typesQuery = pagedQuery<NotificationType>(
  ['notification_type', 'list'],
  '/api/notification-types',
  {},
  PAGE,
)
