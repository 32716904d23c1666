import { DecimalPipe } from '@angular/common';
import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  output,
  viewChild,
} from '@angular/core';

import { Exporter } from './exporter';

const HEADLINES = {
  running: 'Exporting issues',
  stopped: 'Export stopped',
  failed: 'Export interrupted',
  saved: 'Export complete',
};

/** What an export is doing, with the button that stops it. */
@Component({
  selector: 'app-export-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [DecimalPipe],
  templateUrl: './export-panel.html',
  styleUrl: './export-panel.css',
})
export class ExportPanel {
  protected readonly exporter = inject(Exporter);
  protected readonly headlines = HEADLINES;
  protected readonly part = computed(() => {
    const { rows = 0, total = 0 } = this.exporter.state() ?? {};
    return total === 0 ? 0 : rows / total;
  });

  /** Who closed it looks for the focus elsewhere. */
  readonly closed = output();
  private readonly panel = viewChild<ElementRef<HTMLElement>>('panel');

  // Buttons that are gone once they were pressed leave the focus to the panel.
  protected stop(): void {
    this.panel()?.nativeElement.focus();
    void this.exporter.stop();
  }

  protected goOn(): void {
    this.panel()?.nativeElement.focus();
    this.exporter.goOn();
  }

  protected close(): void {
    void this.exporter.dismiss();
    this.closed.emit();
  }
}
