export { CSRF_HEADER, LoginBody, Me, TokenResponse } from './auth.ts'
export { DateOnly, Id, Nullable, OneOf, Page, PersonRef } from './common.ts'
export {
  ApproveGoalBody,
  AssignGoalBody,
  CreateGoalBody,
  EditGoalBody,
  GOAL_ACTIONS,
  GOAL_EVENTS,
  GOAL_STATUSES,
  GOAL_TYPES,
  Goal,
  GoalAction,
  GoalDetail,
  GoalEvent,
  GoalPage,
  GoalQuery,
  GoalStatus,
  GoalType,
  ProgressBody,
  QUARTERS,
  Quarter,
  ReasonBody,
} from './goals.ts'
export { AppInfo } from './info.ts'
export {
  PERMISSIONS,
  Permission,
  ROLES,
  Role,
  USER_STATUSES,
  User,
  UserQuery,
  UserStatus,
} from './people.ts'
