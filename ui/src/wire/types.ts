/** The entities of MLflow's wire, spelled as the server sends them. */

export type LifecycleStage = "active" | "deleted";
export type RunStatus = "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED";
export type ViewType = "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";

export type Tag = { key: string; value: string };
export type Param = { key: string; value: string };

/** A number on the wire: JSON has no NaN or infinities, so those arrive as words. */
export type WireNumber = number | string;

export type Metric = {
  key: string;
  value: WireNumber;
  timestamp: WireNumber;
  step: WireNumber;
  run_id?: string;
};

export type Experiment = {
  experiment_id: string;
  name: string;
  artifact_location: string;
  lifecycle_stage: LifecycleStage;
  creation_time?: WireNumber;
  last_update_time?: WireNumber;
  tags?: Tag[];
};

export type RunInfo = {
  run_id: string;
  run_uuid?: string;
  run_name?: string;
  experiment_id: string;
  user_id?: string;
  status: RunStatus;
  start_time?: WireNumber;
  end_time?: WireNumber;
  artifact_uri?: string;
  lifecycle_stage: LifecycleStage;
};

export type RunData = { metrics?: Metric[]; params?: Param[]; tags?: Tag[] };

export type Dataset = {
  name: string;
  digest: string;
  source_type?: string;
  source?: string;
  schema?: string;
  profile?: string;
};
export type DatasetInput = { tags?: Tag[]; dataset: Dataset };
export type RunInputs = { dataset_inputs?: DatasetInput[] };

export type Run = { info: RunInfo; data?: RunData; inputs?: RunInputs };

export type FileInfo = { path: string; is_dir: boolean; file_size?: WireNumber };
export type ArtifactList = { root_uri: string; files?: FileInfo[]; next_page_token?: string };

export type SearchExperimentsRequest = {
  max_results: number;
  page_token?: string;
  filter?: string;
  order_by?: string[];
  view_type?: ViewType;
};
export type ExperimentPage = { experiments?: Experiment[]; next_page_token?: string };

export type SearchRunsRequest = {
  experiment_ids: string[];
  filter?: string;
  run_view_type?: ViewType;
  max_results?: number;
  order_by?: string[];
  page_token?: string;
};
export type RunPage = { runs?: Run[]; next_page_token?: string };

export type MetricHistory = { metrics?: Metric[]; next_page_token?: string };
