import { type ComponentType, memo } from 'react'
import { later } from '../../ui/later.ts'
import type { LabProps } from '../../ui/lab-view.ts'
import { PanelSkeleton } from '../../ui/PanelSkeleton.tsx'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { ChecksBadge } from './ChecksBadge.tsx'
import { Tabs } from './Tabs.tsx'
import { type Shown, useLabProps, useShownLab, useShownSlowly } from './use-shown.ts'
import { WhatJustHappened } from './WhatJustHappened.tsx'
import './side-panel.css'

const ChecksPanel = later(async () => (await import('./ChecksPanel.tsx')).ChecksPanel, PanelSkeleton)
const ClientPanel = later(async () => (await import('../client/ClientPanel.tsx')).ClientPanel, PanelSkeleton)
const MetricsPanel = later(async () => (await import('./metrics/MetricsPanel.tsx')).MetricsPanel, PanelSkeleton)

/** Beside the stage: what just happened, always in sight, and below it the lab's panels and the house's checks. */
export const SidePanel = memo(function SidePanel() {
  const lab = useShownLab()
  return (
    <>
      <WhatJustHappened />
      {lab === null ? <PanelSkeleton /> : <Panels lab={lab} />}
    </>
  )
})

const CHECKS = 'checks'
const CLIENT = 'client'
const METRICS = 'metrics'

/** The tabs, which stay as they are while what is in them changes. */
const Panels = memo(function Panels({ lab }: { lab: Shown['lab'] }) {
  const wanted = useStore((s) => s.panel)
  const { panels } = lab.view
  const tabs = [
    ...panels.map(({ id, title }) => ({ id, title })),
    { id: CLIENT, title: 'Client' },
    { id: CHECKS, title: 'Checks', badge: <ChecksBadge /> },
    { id: METRICS, title: 'Metrics' },
  ]
  const open = tabs.some((tab) => tab.id === wanted) ? (wanted as string) : (tabs[0] as { id: string }).id
  const panel = panels.find(({ id }) => id === open)
  return (
    <Tabs label="Panels" tabs={tabs} open={open} onOpen={(id) => actions.setPanel(id)}>
      {open === CLIENT && <ClientPanel />}
      {open === CHECKS && <ChecksPanel />}
      {open === METRICS && <MetricsPanel />}
      {panel !== undefined && <LabPanel key={open} lab={lab} Component={panel.Component} />}
    </Tabs>
  )
})

function LabPanel({ lab, Component }: { lab: Shown['lab']; Component: ComponentType<LabProps<unknown>> }) {
  const shown = useShownSlowly()
  return shown?.lab === lab ? <Filled shown={shown} Component={Component} /> : <PanelSkeleton />
}

function Filled({ shown, Component }: { shown: Shown; Component: ComponentType<LabProps<unknown>> }) {
  return <Component {...useLabProps(shown)} />
}
