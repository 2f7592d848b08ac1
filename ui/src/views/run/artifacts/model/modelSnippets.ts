/** Python that predicts with a model on a pandas frame. */
export function pandasSnippet(uri: string): string {
  return `import epochal as mlflow
import pandas as pd

model = mlflow.pyfunc.load_model(${JSON.stringify(uri)})
model.predict(pd.DataFrame(data))`;
}

/** Python that predicts with a model on a frame of Spark. */
export function sparkSnippet(uri: string): string {
  return `import epochal as mlflow
from pyspark.sql.functions import col, struct

predict = mlflow.pyfunc.spark_udf(spark, ${JSON.stringify(uri)})
df.withColumn("prediction", predict(struct(*map(col, df.columns))))`;
}
