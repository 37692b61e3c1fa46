export { CSRF_HEADER, LoginBody, Me, TokenResponse } from './auth.ts'
export { DateOnly, Id, Nullable, OneOf, Page, PersonRef } from './common.ts'
export {
  ApproveGoalBody,
  AssignGoalBody,
  CreateGoalBody,
  EditGoalBody,
  Goal,
  GOAL_ACTIONS,
  GOAL_EVENTS,
  GOAL_STATUSES,
  GOAL_TYPES,
  GoalAction,
  GoalDetail,
  GoalEvent,
  GoalPage,
  GoalQuery,
  GoalStatus,
  GoalType,
  ProgressBody,
  Quarter,
  QUARTERS,
  ReasonBody,
} from './goals.ts'
export {
  Permission,
  PERMISSIONS,
  Role,
  ROLES,
  User,
  USER_STATUSES,
  UserQuery,
  UserStatus,
} from './people.ts'
