import { probedInTime, strongCompleteness, suspicionAfterAsking } from './detection.ts'
import { boundedRetelling } from './dissemination.ts'
import { incarnationsNeverGoBack, ownIncarnation } from './incarnations.ts'
import { accusedRefutes, noStrangers, pushPullOnlySuspects } from './membership.ts'

export const monitors = [
  strongCompleteness,
  probedInTime,
  suspicionAfterAsking,
  accusedRefutes,
  ownIncarnation,
  incarnationsNeverGoBack,
  pushPullOnlySuspects,
  noStrangers,
  boundedRetelling,
]
