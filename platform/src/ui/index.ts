/**
 * The kit of the web application: reading and acting by contract, texts, values, and the parts that
 * every face shares; what one face alone needs is in `ui/floor` and `ui/office`.
 */
export {
  type ActInput,
  act,
  addressOf,
  lookUp,
  type Output,
  type ReadInput,
  read,
} from './client/call.ts';
export { type Bound, type Draft, type DraftOf, useDraft } from './client/draft.ts';
export { type Form, useForm } from './client/form.ts';
export {
  type Act,
  type ActOptions,
  type Done,
  type List,
  queryClient,
  type ReadOptions,
  refresh,
  useAct,
  useList,
  useRead,
} from './client/hooks.ts';
export { type LiveEvent, onLive } from './client/live.ts';
export { type Fault, Problem } from './client/problem.ts';
export * from './format/number.ts';
export * from './format/time.ts';
export { changeLang, currentLang, type Say, useLang, useSay, useTexts } from './i18n/language.ts';
export * from './page-list.ts';
export {
  parseSearch,
  type Search,
  stringifySearch,
  useAddress,
  useParam,
} from './parts/address.ts';
export { Button, LinkButton } from './parts/button.tsx';
export { Chart, type ChartTable } from './parts/chart.tsx';
export type { ChartOption } from './parts/chart-engine.ts';
export { Confirm, Dialog } from './parts/dialog.tsx';
export * from './parts/fields.tsx';
export { FileField } from './parts/file-field.tsx';
export { FormFrame } from './parts/form.tsx';
export { Icon, Mark } from './parts/icon.tsx';
export { JobProgress } from './parts/job.tsx';
export { Facts, Figure, Grid, Row, Section, Stack } from './parts/layout.tsx';
export { LimitBar } from './parts/limit-bar.tsx';
export { judge, judgeAll, type Limit, type LimitState } from './parts/limits.ts';
export { type Destination, Link, useGo } from './parts/link.tsx';
export { LookupField } from './parts/lookup.tsx';
export { Menu } from './parts/menu.tsx';
export { MomentField } from './parts/moment-field.tsx';
export { NextThree } from './parts/next-three.tsx';
export { type Notice, notify } from './parts/notices.tsx';
export { Panels } from './parts/panels.tsx';
export { Photo, PhotoCapture } from './parts/photo.tsx';
export { fileAddress, type StoredFile } from './parts/photo-store.ts';
export { PrintButton } from './parts/print.tsx';
export { SimulatedEdge } from './parts/simulated.tsx';
export { EmptyState, ErrorBoundary, Loading, ProblemBox, Reading } from './parts/state.tsx';
export { StatusTag, type Tone, Verdict } from './parts/status.tsx';
export { Tabs } from './parts/tabs.tsx';
export { Steps, TaskKey } from './parts/task.tsx';
export { Timeline, type TimelineEntry } from './parts/timeline.tsx';
export { Code, Day, Money, Num, Quantity, Time, useNow } from './parts/values.tsx';
export { PermissionGate, renewSession, type Session, useMay, useSession } from './session.tsx';
export { changeTheme, type Theme, token, useTheme } from './theme.ts';
export {
  type OfferedTour,
  offerTour,
  startTour,
  type TourPlace,
  type TourStep,
} from './tour/tour.ts';
